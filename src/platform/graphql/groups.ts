/**
 * Followers that have read everything wait in groups: of each group one reads what comes, executes it and
 * encodes it once, and all are written the same bytes. A group has a position, and each member is at it or
 * beyond: so nobody can join a group that has gone on without it, and nobody is written an event twice.
 */
import { elapsedMs, nextTurn, pause } from "../clock";
import type { Numbered } from "../shared-source";
import { limits } from "./limits";
import type { Member } from "./member";
import type { Payload } from "./payload";

const breathEvery = 500;
const retryMs = 500;

export class Groups {
  private readonly groups = new Map<string, Group>();

  /** How many groups and followers there are, for whoever counts. */
  get size(): { groups: number; members: number } {
    const members = [...this.groups.values()].reduce((sum, group) => sum + group.size, 0);
    return { groups: this.groups.size, members };
  }

  /** False when the group is already beyond the follower, which then has something to read. `seen`: the source's version before the follower read last. */
  join(follower: Member, seen: number): boolean {
    const { key, source } = follower.parts;
    const known = this.groups.get(key);
    const group = known ?? this.begin(follower);
    if (!group.add(follower)) return false;
    // A new group waits for hints from now on; what came since the last reading is looked for at once.
    if (!known && source.version() !== seen) group.wake();
    return true;
  }

  leave(follower: Member): void {
    this.groups.get(follower.parts.key)?.remove(follower);
  }

  private begin(first: Member): Group {
    const { key } = first.parts;
    const group: Group = new Group(first, () => {
      if (this.groups.get(key) === group) this.groups.delete(key);
    });
    this.groups.set(key, group);
    return group;
  }
}

class Group {
  private readonly members = new Set<Member>();
  private position: number;
  private woken = false;
  private running = false;
  private readonly stopWatching: () => void;

  constructor(
    first: Member,
    private readonly empty: () => void,
  ) {
    this.position = first.position;
    this.stopWatching = first.parts.source.watch({
      position: () => this.position,
      wake: () => this.wake(),
    });
  }

  get size(): number {
    return this.members.size;
  }

  add(follower: Member): boolean {
    if (this.position > follower.position) return false;
    this.members.add(follower);
    return true;
  }

  remove(follower: Member): void {
    if (!this.members.delete(follower) || this.members.size > 0) return;
    this.stopWatching();
    this.empty();
  }

  wake(): void {
    this.woken = true;
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.woken && this.members.size > 0) {
      this.woken = false;
      try {
        await this.step();
      } catch (error) {
        this.any()?.parts.host.failed(error);
        this.lookAgain();
        await pause(retryMs);
      }
    }
    this.running = false;
  }

  private lookAgain(): void {
    this.woken = true;
  }

  private any(): Member | undefined {
    for (const member of this.members) return member;
    return undefined;
  }

  private async step(): Promise<void> {
    const reader = this.any();
    if (!reader) return;
    const { source, render } = reader.parts;
    const renderedAt = elapsedMs();
    const { events, through } = await source.read(this.position, limits.livePage);
    const payloads = events.length === 0 ? [] : await render(events);
    for (const [place, event] of events.entries()) {
      // What was rendered too long ago is read again: a consent may have ended since.
      if (place > 0 && elapsedMs() - renderedAt > limits.freshMs) {
        this.lookAgain();
        return;
      }
      await this.give(event, payloads[place] as Payload);
      // Only then has the network had the chance to take it, and can a reader be free for the next.
      if (place < events.length - 1) await nextTurn();
    }
    if (events.length === limits.livePage) this.lookAgain();
    else this.position = Math.max(this.position, through);
  }

  private async give({ position }: Numbered, payload: Payload): Promise<void> {
    // Before it is given to anybody: whoever joins from here on has this event, or cannot join.
    this.position = position;
    let given = 0;
    for (const member of this.members) {
      if (!member.take(position, payload)) {
        this.remove(member);
        void member.catchUp();
      }
      given += 1;
      if (given % breathEvery === 0) await nextTurn();
    }
    this.any()?.parts.host.sent(given);
  }
}
