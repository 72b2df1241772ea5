/**
 * What hints travel by between the processes of one installation, and how a process stays connected to it: for
 * ever, and at other moments than its neighbours, so that a carrier that comes back is not overrun.
 */
import { pause } from "./clock";
import { randomFraction } from "./random";

export type CarrierName = "postgres" | "nats";

/** Brings short messages to every other process that listens. It may lose some, and never keeps one. */
export interface Carrier {
  readonly name: CarrierName;
  /** Whether a process that cannot reach it at its start should not start at all. */
  readonly isNeeded: boolean;
  /** Connects once and listens. Rejects if it cannot, with words that hold no credentials. */
  connect(heard: (message: string) => void): Promise<Link>;
}

/** One connection. Once it has ended it stays so. */
export interface Link {
  send(message: string): Promise<void>;
  /** Resolves to the reason when it ends, however it ends. Never rejects. */
  readonly ended: Promise<Error>;
  /** What was sent before still goes out. */
  close(): Promise<void>;
}

export interface LineEvents {
  readonly heard: (message: string) => void;
  /** What was said before is not known. */
  readonly connected: () => void;
  /** At every failure: a connection that broke, and each try that did not make one. */
  readonly failed: (error: Error) => void;
}

const shortestPauseMs = 300;
const longestPauseMs = 2_000;
/** A start does not wait longer for a carrier that is not needed. */
const startWaitsMs = 2_500;

/** Keeps a connection to a carrier for as long as the process runs. */
export class Line {
  private link: Link | null = null;
  private readonly stopping = new AbortController();

  constructor(
    readonly carrier: Carrier,
    private readonly events: LineEvents,
  ) {}

  get isConnected(): boolean {
    return this.link !== null;
  }

  /** Rejects only if the carrier is needed and cannot be reached. */
  async start(): Promise<void> {
    if (this.carrier.isNeeded) {
      await this.connect();
      void this.keep();
      return;
    }
    const first = this.tryToConnect();
    void first.then(() => this.keep());
    await Promise.race([first, pause(startWaitsMs, this.stopping.signal)]);
  }

  /** Whether it went out. A connection that cannot send is given up and made again. */
  async send(message: string): Promise<boolean> {
    const link = this.link;
    if (link === null) return false;
    try {
      await link.send(message);
      return true;
    } catch (error) {
      this.tell(error);
      await link.close();
      return false;
    }
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.link?.close();
  }

  private async keep(): Promise<void> {
    for (let failures = 0; !this.isStopped(); failures++) {
      if (this.link !== null) {
        const reason = await this.link.ended;
        [this.link, failures] = [null, 0];
        this.tell(reason);
      }
      await pause(pauseMs(failures), this.stopping.signal);
      await this.tryToConnect();
    }
  }

  private async tryToConnect(): Promise<void> {
    await this.connect().catch((error: unknown) => this.tell(error));
  }

  private async connect(): Promise<void> {
    if (this.isStopped()) return;
    const link = await this.carrier.connect(this.events.heard);
    if (this.isStopped()) return link.close();
    this.link = link;
    this.events.connected();
  }

  // A method, because the compiler believes that a property keeps its value across an await.
  private isStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private tell(error: unknown): void {
    if (this.isStopped()) return;
    this.events.failed(error instanceof Error ? error : new Error(String(error)));
  }
}

const pauseMs = (failures: number): number =>
  Math.min(longestPauseMs, shortestPauseMs * 2 ** failures) * (0.5 + randomFraction() / 2);

/** A message from a program that does not stay to hear any. False if nobody can have heard it. */
export async function sendOnce(carrier: Carrier, message: string): Promise<boolean> {
  try {
    const link = await carrier.connect(() => undefined);
    try {
      await link.send(message);
    } finally {
      await link.close();
    }
    return true;
  } catch {
    return false;
  }
}
