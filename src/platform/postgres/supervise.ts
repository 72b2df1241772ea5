/** Keeps a PostgreSQL server running: if it ends unexpectedly, it is started again on the same port. */
import { pause } from "../clock";
import type { WriteLine } from "./orphan";
import type { Server } from "./server";

const firstPauseMs = 500;
const longestPauseMs = 10_000;

export interface Supervision {
  /** Starts a new server on the port of the one that ended. */
  readonly startAgain: (port: number) => Promise<Server>;
  readonly log: WriteLine;
}

export class SupervisedServer {
  private readonly stopping = new AbortController();
  private readonly watching: Promise<void>;

  constructor(
    private server: Server,
    private readonly parts: Supervision,
  ) {
    this.watching = this.watch();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.server.stop();
    await this.watching;
  }

  private async watch(): Promise<void> {
    for (;;) {
      const how = await this.server.ended;
      if (this.isStopping()) break;
      this.parts.log(`PostgreSQL ended unexpectedly (${how}). It is started again.`);
      await this.restart();
      // `stop` may have been called meanwhile, when there was nothing to stop.
      if (this.isStopping()) break;
    }
    await this.server.stop();
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async restart(): Promise<void> {
    const { signal } = this.stopping;
    for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        this.server = await this.parts.startAgain(this.server.port);
        this.parts.log("PostgreSQL runs again.");
        return;
      } catch (error) {
        this.parts.log(`PostgreSQL could not be started again: ${String(error)}`);
        await pause(pauseMs, signal);
      }
    }
  }
}
