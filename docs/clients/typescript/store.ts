/**
 * Stores events in one file of JSON lines: a line for each event, and one for each duty that was done. A line counts
 * once it is on the disk, so the process may be killed at any moment. Replace this with your database.
 */
import { randomUUID } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import type { FollowSubscription } from "./generated";

export type FeedEvent = FollowSubscription["leadFeed"];

export interface StoredEvent {
  readonly event: FeedEvent;
  /** The client's own id of this record, used in reports. */
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
    // Only the last line can be incomplete, and then its event was never acknowledged.
    const whole = readFileSync(file, "utf8").split("\n").slice(0, -1);
    for (const line of whole) this.take(JSON.parse(line) as Line);
    this.rewrite();
  }

  /** The cursor of the last stored event, after which reading resumes. */
  get lastCursor(): string | null {
    return [...this.cursors].at(-1) ?? null;
  }

  /** Events whose duties are not done. All duties are safe to repeat. */
  get open(): readonly StoredEvent[] {
    return this.events.filter(({ event }) => !this.done.has(event.cursor));
  }

  get events(): readonly StoredEvent[] {
    return this.lines.filter((line): line is StoredEvent => "event" in line);
  }

  /** Stores an event once, however often it arrives. */
  add(event: FeedEvent): void {
    if (this.cursors.has(event.cursor)) return;
    this.write({ event, recordId: randomUUID(), storedAt: new Date().toISOString() });
  }

  markDone({ event }: StoredEvent): void {
    this.write({ done: event.cursor });
  }

  /** Removes the person of this lead from the file. The record of the lead stays. */
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

  /** Replaces the file atomically. */
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
