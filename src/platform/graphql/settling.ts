/**
 * graphql-ws takes a moment to forget the id of a subscription that has ended, and a message that uses this id
 * again in the same breath would be forgotten with it. So messages wait for that breath to be over.
 */
import { soon } from "../clock";
export class Settling {
  private breath: Promise<void> | null = null;

  begin(): void {
    this.breath ??= new Promise((resolve) =>
      soon(() => {
        this.breath = null;
        resolve();
      }),
    );
  }

  async over(): Promise<void> {
    if (this.breath) await this.breath;
  }

  get isGoingOn(): boolean {
    return this.breath !== null;
  }
}
