/**
 * Transports hints between the processes of one installation, and keeps a process connected to that transport. It
 * reconnects with jitter, so that not all processes return to a recovering transport at the same moment.
 */
import { pause } from "./clock";
import { randomFraction } from "./random";

export type HintTransportName = "postgres" | "nats";

/** Broadcasts short messages to all other connected processes. Messages may be lost and are never stored. */
export interface HintTransport {
  readonly name: HintTransportName;
  /** Whether a process must not start when it cannot connect. */
  readonly isRequired: boolean;
  /** Connects once and listens. Rejects on failure with a message that holds no credentials. */
  connect(onMessage: (message: string) => void): Promise<Link>;
}

/** One connection. It cannot be reopened after it has ended. */
export interface Link {
  send(message: string): Promise<void>;
  /** Resolves to the reason when the connection ends for whatever reason. Never rejects. */
  readonly ended: Promise<Error>;
  /** Closes after everything sent before has gone out. */
  close(): Promise<void>;
}

export interface LinkEvents {
  readonly onMessage: (message: string) => void;
  /** Called at every connection. Messages before it may have been missed. */
  readonly onConnected: () => void;
  /** Called when a connection breaks and at every failed attempt to connect. */
  readonly onError: (error: Error) => void;
}

const shortestPauseMs = 300;
const longestPauseMs = 2_000;
/** How long a start waits at most for a transport that is not required. */
const startWaitsMs = 2_500;

/** Keeps a connection to a transport for as long as the process runs. */
export class ReconnectingLink {
  private link: Link | null = null;
  private readonly stopping = new AbortController();

  constructor(
    readonly transport: HintTransport,
    private readonly events: LinkEvents,
  ) {}

  get isConnected(): boolean {
    return this.link !== null;
  }

  /** Rejects only if the transport is required and cannot be reached. */
  async start(): Promise<void> {
    if (this.transport.isRequired) {
      await this.connect();
      void this.reconnect();
      return;
    }
    const first = this.tryToConnect();
    void first.then(() => this.reconnect());
    await Promise.race([first, pause(startWaitsMs, this.stopping.signal)]);
  }

  /** Returns whether the message was sent. A connection that fails to send is closed and replaced. */
  async send(message: string): Promise<boolean> {
    const link = this.link;
    if (link === null) return false;
    try {
      await link.send(message);
      return true;
    } catch (error) {
      this.report(error);
      await link.close();
      return false;
    }
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.link?.close();
  }

  private async reconnect(): Promise<void> {
    for (let failures = 0; !this.isStopped(); failures++) {
      if (this.link !== null) {
        const reason = await this.link.ended;
        [this.link, failures] = [null, 0];
        this.report(reason);
      }
      await pause(pauseMs(failures), this.stopping.signal);
      await this.tryToConnect();
    }
  }

  private async tryToConnect(): Promise<void> {
    await this.connect().catch((error: unknown) => this.report(error));
  }

  private async connect(): Promise<void> {
    if (this.isStopped()) return;
    const link = await this.transport.connect(this.events.onMessage);
    if (this.isStopped()) return link.close();
    this.link = link;
    this.events.onConnected();
  }

  // A method, because TypeScript assumes that a property keeps its narrowed value across an await.
  private isStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private report(error: unknown): void {
    if (this.isStopped()) return;
    this.events.onError(error instanceof Error ? error : new Error(String(error)));
  }
}

const pauseMs = (failures: number): number =>
  Math.min(longestPauseMs, shortestPauseMs * 2 ** failures) * (0.5 + randomFraction() / 2);

/** Sends one message from a program that does not listen. Returns false if it could not be sent. */
export async function sendOnce(transport: HintTransport, message: string): Promise<boolean> {
  try {
    const link = await transport.connect(() => undefined);
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
