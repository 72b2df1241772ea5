/**
 * Groups of followers that are up to date. New events are read, executed and encoded once per group, and every
 * member receives the same bytes. A group has a position, and each member is at that position or beyond it: a
 * follower that is behind the group cannot join, and no follower receives an event twice.
 */
import { elapsedMs, nextTurn, pause } from "../clock";
import type { Numbered } from "../shared-source";
import { limits } from "./limits";
import type { GroupMember } from "./member";
import type { Payload } from "./payload";

/** After this many writes, other work of the process gets a chance to run. */
const yieldEvery = 500;
const retryMs = 500;

export class Groups {
  private readonly groups = new Map<string, Group>();

  /** The number of groups and of followers, for metrics and tests. */
  get size(): { groups: number; members: number } {
    const members = [...this.groups.values()].reduce((sum, group) => sum + group.size, 0);
    return { groups: this.groups.size, members };
  }

  /**
   * Returns false when the group is already beyond the follower, which then has something left to read. `seen`
   * is the version of the source before the follower's last read.
   */
  join(follower: GroupMember, seen: number): boolean {
    const { key, source } = follower.parts;
    const known = this.groups.get(key);
    const group = known ?? this.begin(follower);
    if (!group.add(follower)) return false;
    // A new group hears of events only from now on, so it reads at once if something came since the last read.
    if (!known && source.version() !== seen) group.wake();
    return true;
  }

  leave(follower: GroupMember): void {
    this.groups.get(follower.parts.key)?.remove(follower);
  }

  private begin(first: GroupMember): Group {
    const { key } = first.parts;
    const group: Group = new Group(first, () => {
      if (this.groups.get(key) === group) this.groups.delete(key);
    });
    this.groups.set(key, group);
    return group;
  }
}

class Group {
  private readonly members = new Set<GroupMember>();
  private position: number;
  private woken = false;
  private running = false;
  private readonly stopWatching: () => void;

  constructor(
    first: GroupMember,
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

  add(follower: GroupMember): boolean {
    if (this.position > follower.position) return false;
    this.members.add(follower);
    return true;
  }

  remove(follower: GroupMember): void {
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
        this.readAgain();
        await pause(retryMs);
      }
    }
    this.running = false;
  }

  private readAgain(): void {
    this.woken = true;
  }

  private any(): GroupMember | undefined {
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
      // Events rendered too long ago are read again, because a consent may have ended since.
      if (place > 0 && elapsedMs() - renderedAt > limits.freshMs) {
        this.readAgain();
        return;
      }
      await this.broadcast(event, payloads[place] as Payload);
      // Lets the network accept the event, so that clients can be ready for the next one.
      if (place < events.length - 1) await nextTurn();
    }
    if (events.length === limits.livePage) this.readAgain();
    else this.position = Math.max(this.position, through);
  }

  private async broadcast({ position }: Numbered, payload: Payload): Promise<void> {
    // Set before the first write: a follower that joins from here on has this event already, or cannot join.
    this.position = position;
    let written = 0;
    for (const member of this.members) {
      if (!member.take(position, payload)) {
        this.remove(member);
        void member.catchUp();
      }
      written += 1;
      if (written % yieldEvery === 0) await nextTurn();
    }
    this.any()?.parts.host.sent(written);
  }
}
