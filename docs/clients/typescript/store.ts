/**
 * What this client keeps, in one file of JSON lines: a line for each event, and one for each duty that was done.
 * A line counts once it is on the disk, so the process may be killed at any moment. Put your database here.
 */
import { randomUUID } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import type { FollowSubscription } from "./generated";

export type FeedEvent = FollowSubscription["leadFeed"];

export interface StoredEvent {
  readonly event: FeedEvent;
  /** Our own id of this record: what we report under. */
  readonly recordId: string;
  readonly storedAt: string;
}

type Line = StoredEvent | { readonly done: string };

export class Store {
  private lines: Line[] = [];
  private readonly cursors = new Set<string>();
  private readonly done = new Set<string>();

  constructor(private readonly file: string) {
    if (!existsSync(file)) return;
    // Only the last line can be half written, and then nobody was told that it is stored.
    const whole = readFileSync(file, "utf8").split("\n").slice(0, -1);
    for (const line of whole) this.take(JSON.parse(line) as Line);
    this.rewrite();
  }

  /** The cursor of the event that was stored last: reading goes on after it. */
  get lastCursor(): string | null {
    return [...this.cursors].at(-1) ?? null;
  }

  /** Events whose duties are not done: all of them are safe to do again. */
  get open(): readonly StoredEvent[] {
    return this.events.filter(({ event }) => !this.done.has(event.cursor));
  }

  get events(): readonly StoredEvent[] {
    return this.lines.filter((line): line is StoredEvent => "event" in line);
  }

  /** Stores an event once, however often it comes. */
  add(event: FeedEvent): void {
    if (this.cursors.has(event.cursor)) return;
    this.write({ event, recordId: randomUUID(), storedAt: new Date().toISOString() });
  }

  markDone({ event }: StoredEvent): void {
    this.write({ done: event.cursor });
  }

  /** The person of this lead is gone from the file; that there was a lead stays. */
  forget(leadId: string): void {
    this.lines = this.lines.map((line) => withoutPerson(line, leadId));
    this.rewrite();
  }

  private take(line: Line): void {
    this.lines.push(line);
    if ("done" in line) this.done.add(line.done);
    else this.cursors.add(line.event.cursor);
  }

  private write(line: Line): void {
    appendAll(this.file, "a", [line]);
    this.take(line);
  }

  /** All or nothing: a new file takes the old one's place. */
  private rewrite(): void {
    appendAll(`${this.file}.new`, "w", this.lines);
    renameSync(`${this.file}.new`, this.file);
  }
}

function withoutPerson(line: Line, leadId: string): Line {
  if (!("event" in line) || !("lead" in line.event) || line.event.leadId !== leadId) return line;
  return { ...line, event: { ...line.event, lead: null } };
}

function appendAll(file: string, flags: "a" | "w", lines: readonly Line[]): void {
  const handle = openSync(file, flags, 0o600);
  try {
    for (const line of lines) writeSync(handle, `${JSON.stringify(line)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
