/**
 * What goes out on one socket, at the pace of its reader. Nothing is dropped here: a reader who lets too much
 * pile up is reported, and the session closes.
 */
import type { WebSocket } from "ws";
import { limits } from "./limits";

const breathEvery = 32;

export interface OutboxEvents {
  /** The reader let more than limits.bufferedBytes pile up. */
  readonly tooSlow: () => void;
  /** There is nobody to send to any more. */
  readonly gone: () => void;
}

export class Outbox {
  private sent = 0;

  constructor(
    private readonly socket: WebSocket,
    private readonly events: OutboxEvents,
  ) {}

  async send(text: string): Promise<void> {
    const { socket, events } = this;
    if (socket.bufferedAmount > limits.bufferedBytes) events.tooSlow();
    if (socket.readyState !== socket.OPEN) {
      events.gone();
      return;
    }
    // Waiting until it is handed to the network is what holds a fast feed to the pace of a slow reader.
    await new Promise<void>((resolve) => {
      socket.send(text, () => {
        resolve();
      });
    });
    this.sent += 1;
    // A source that always has more would otherwise never let anything else in this process happen.
    if (this.sent % breathEvery === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}
