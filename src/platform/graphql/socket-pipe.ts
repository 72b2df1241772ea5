import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { Pipe } from "./outbox";

const asText = { binary: false };

/** A WebSocket and the TCP or TLS connection under it. */
export class SocketPipe implements Pipe {
  constructor(
    private readonly socket: WebSocket,
    private readonly connection: Duplex,
  ) {}

  isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  bufferedBytes(): number {
    return this.socket.bufferedAmount;
  }

  write(bytes: Buffer | string, done: () => void): void {
    this.socket.send(bytes, asText, done);
  }

  together(work: () => void): void {
    this.connection.cork();
    try {
      work();
    } finally {
      this.connection.uncork();
    }
  }
}
