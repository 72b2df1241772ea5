import type { ServerResponse } from "node:http";
import type { Pipe } from "./outbox";

/** The body of a streaming HTTP response. */
export class ResponsePipe implements Pipe {
  constructor(private readonly response: ServerResponse) {}

  isOpen(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }

  bufferedBytes(): number {
    return this.response.writableLength;
  }

  write(bytes: Buffer | string, done: () => void): void {
    this.response.write(bytes, done);
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
