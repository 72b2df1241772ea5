/**
 * Ends connections whose access has been revoked. Once a second it checks the principals of all open sockets
 * and event streams in one query.
 */
import { cancel, every } from "../clock";
import { describeError } from "../log";
import type { GraphQLServerParts } from "./server-parts";

const checkEveryMs = 1_000;

export interface MonitoredSession<P> {
  readonly principal: P | null;
  /** Called when its key was revoked, its member disabled, or its session has ended. */
  onRevoked(): void;
}

export class SessionMonitor<P> {
  private readonly sessions = new Set<MonitoredSession<P>>();
  private checking = false;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly parts: Pick<GraphQLServerParts<P>, "stillValid" | "log">) {
    this.timer = every(checkEveryMs, () => void this.check()).unref();
  }

  add(session: MonitoredSession<P>): void {
    this.sessions.add(session);
  }

  remove(session: MonitoredSession<P>): void {
    this.sessions.delete(session);
  }

  stop(): void {
    cancel(this.timer);
  }

  private async check(): Promise<void> {
    // One check at a time: when the database is slow, checks must not pile up.
    if (this.checking) return;
    const known = [...this.sessions].filter(({ principal }) => principal !== null);
    const principals = [...new Set(known.map(({ principal }) => principal as P))];
    if (principals.length === 0) return;
    this.checking = true;
    try {
      const valid = await this.parts.stillValid(principals);
      for (const one of known) if (one.principal !== null && !valid.has(one.principal)) one.onRevoked();
    } catch (error) {
      this.parts.log.warn(
        { err: describeError(error) },
        "Could not check whether the open sessions are still valid",
      );
    } finally {
      this.checking = false;
    }
  }
}
