/**
 * graphql-ws releases the id of an ended subscription only a moment after its end. A new subscription that
 * reuses the id before that would be dropped together with the old one. So after each end, incoming messages
 * wait until the id is released.
 */
import { soon } from "../clock";

export class IdReleaseDelay {
  private pending: Promise<void> | null = null;

  begin(): void {
    this.pending ??= new Promise((resolve) =>
      soon(() => {
        this.pending = null;
        resolve();
      }),
    );
  }

  async wait(): Promise<void> {
    if (this.pending) await this.pending;
  }

  get isPending(): boolean {
    return this.pending !== null;
  }
}
