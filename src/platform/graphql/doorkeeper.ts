/**
 * Who is connected and stays: sockets and streams. Once a second all of them are asked about together, and
 * whoever may not be here any more is shown out.
 */
import { cancel, every } from "../clock";
import { describeError } from "../log";
import type { Shell } from "./shell";

const askEveryMs = 1_000;

export interface LetIn<P> {
  readonly principal: P | null;
  /** Its key was revoked, its member disabled, its session has ended. */
  showOut(): void;
}

export class Doorkeeper<P> {
  private readonly present = new Set<LetIn<P>>();
  private asking = false;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly shell: Pick<Shell<P>, "stillValid" | "log">) {
    this.timer = every(askEveryMs, () => void this.ask()).unref();
  }

  enter(one: LetIn<P>): void {
    this.present.add(one);
  }

  leave(one: LetIn<P>): void {
    this.present.delete(one);
  }

  stop(): void {
    cancel(this.timer);
  }

  private async ask(): Promise<void> {
    // One question at a time: a slow answer must not pile up more.
    if (this.asking) return;
    const known = [...this.present].filter(({ principal }) => principal !== null);
    const principals = [...new Set(known.map(({ principal }) => principal as P))];
    if (principals.length === 0) return;
    this.asking = true;
    try {
      const valid = await this.shell.stillValid(principals);
      for (const one of known) if (one.principal !== null && !valid.has(one.principal)) one.showOut();
    } catch (error) {
      this.shell.log.warn(
        { err: describeError(error) },
        "Could not ask whether those who are connected are still allowed",
      );
    } finally {
      this.asking = false;
    }
  }
}
