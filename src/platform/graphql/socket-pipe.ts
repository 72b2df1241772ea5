import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { Pipe } from "./outbox";

const asText = { binary: false };

/** A WebSocket, and the connection that carries it. */
export class SocketPipe implements Pipe {
  constructor(
    private readonly socket: WebSocket,
    private readonly carrier: Duplex,
  ) {}

  isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  waiting(): number {
    return this.socket.bufferedAmount;
  }

  write(bytes: Buffer | string, taken: () => void): void {
    this.socket.send(bytes, asText, taken);
  }

  together(work: () => void): void {
    this.carrier.cork();
    try {
      work();
    } finally {
      this.carrier.uncork();
    }
  }
}
