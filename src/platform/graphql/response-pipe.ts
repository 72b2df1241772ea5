import type { ServerResponse } from "node:http";
import type { Pipe } from "./outbox";

/** The body of an HTTP answer that goes on. */
export class ResponsePipe implements Pipe {
  constructor(private readonly response: ServerResponse) {}

  isOpen(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }

  waiting(): number {
    return this.response.writableLength;
  }

  write(bytes: Buffer | string, taken: () => void): void {
    this.response.write(bytes, taken);
  }

  together(work: () => void): void {
    this.response.cork();
    try {
      work();
    } finally {
      this.response.uncork();
    }
  }
}
