/** Server processes on one database. A process that dies is restarted at once, as by a supervisor. */
import type { Address } from "./client";
import { Reachable } from "./reachable";
import { spawnServer, type ProcessOptions, type ServerProcess } from "./server-process";
import { until } from "./until";

export interface FleetOptions extends Omit<ProcessOptions, "failpoints"> {
  readonly size: number;
  /** Returns the failpoint for the next process; called at every start. */
  readonly arm?: () => string | undefined;
  /** Called when a process was killed, by a failpoint or by the test. */
  readonly onKilled?: () => void;
}

interface Member {
  readonly process: ServerProcess;
  readonly address: Address | null;
}

export class Fleet extends Reachable {
  private readonly members = new Map<number, Member>();
  private readonly keeping: Promise<void>[] = [];
  private stopping = false;
  private broken: Error | null = null;
  private turn = 0;

  constructor(private readonly options: FleetOptions) {
    super();
  }

  start(): void {
    for (let slot = 0; slot < this.options.size; slot++) this.keeping.push(this.keep(slot));
  }

  /** Each listening server in turn; waits while there is none. */
  async address(): Promise<Address> {
    return until("a server listens", () => {
      if (this.broken) throw this.broken;
      const up = [...this.members.values()].flatMap(({ address }) => address ?? []);
      return Promise.resolve(up[this.turn++ % Math.max(1, up.length)]);
    });
  }

  /** Returns whether a living process was killed. */
  kill(slot: number): boolean {
    const member = this.members.get(slot);
    member?.process.kill();
    return member !== undefined;
  }

  /** Stops all processes once all listen, and returns how they ended. */
  async stop(): Promise<(number | string)[]> {
    const isWhole = (): boolean =>
      this.members.size === this.options.size &&
      [...this.members.values()].every(({ address }) => address !== null);
    await until("every server listens", () => Promise.resolve(isWhole()));
    this.stopping = true;
    const last = [...this.members.values()].map(({ process }) => process);
    for (const process of last) process.kill("SIGTERM");
    await Promise.all(this.keeping);
    return Promise.all(last.map(({ ended }) => ended));
  }

  // A method, because TypeScript assumes that a property keeps its narrowed value across an await.
  private isOver(): boolean {
    return this.stopping || this.broken !== null;
  }

  private async keep(slot: number): Promise<void> {
    const { database, keys, arm, onKilled } = this.options;
    while (!this.isOver()) {
      const failpoints = arm?.();
      const process = spawnServer({ database, keys, ...(failpoints !== undefined && { failpoints }) });
      this.members.set(slot, { process, address: null });
      const address = await process.listening;
      if (address) this.members.set(slot, { process, address });
      const how = await process.ended;
      this.members.delete(slot);
      if (how === "SIGKILL") onKilled?.();
      else if (!this.isOver())
        this.broken = new Error(`A server ended unexpectedly (${how}):\n${process.said()}`);
    }
  }
}
