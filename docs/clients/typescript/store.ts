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

/** A lead without its event: read from `leads`, or kept when reading began again. */
interface StoredLead {
  readonly leadId: string;
  readonly lead: unknown;
  readonly recordId: string;
  readonly storedAt: string;
}

type Line = StoredEvent | { readonly done: string } | StoredLead;

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
    const [leadId] = "leadId" in event ? [event.leadId] : [];
    const known = this.lines.find((line) => leadId !== undefined && leadsIn(line).includes(leadId));
    const { recordId, storedAt } =
      known && "recordId" in known ? known : { recordId: randomUUID(), storedAt: new Date().toISOString() };
    this.write({ event, recordId, storedAt });
  }

  markDone({ event }: StoredEvent): void {
    this.write({ done: event.cursor });
  }

  /**
   * Forgets the cursors, so that reading begins without one. The leads are kept with the ids of their records, so an
   * event that comes again is reported under the same id.
   */
  beginAgain(): void {
    this.lines = this.lines.flatMap((line) => ("done" in line ? [] : this.withoutCursor(line)));
    this.cursors.clear();
    this.done.clear();
    this.rewrite();
  }

  private withoutCursor(line: StoredEvent | StoredLead): Line[] {
    if (!("event" in line) || !this.done.has(line.event.cursor)) return [line];
    const { event, recordId, storedAt } = line;
    return event.__typename === "LeadMatched"
      ? [{ leadId: event.leadId, lead: event.lead, recordId, storedAt }]
      : [];
  }

  /** After a gap: stores the leads that are missing here, and removes the people that are not among them. */
  compare(held: readonly { readonly id: string }[]): void {
    const known = new Set(this.lines.flatMap(leadsIn));
    for (const { id: leadId, ...lead } of held) {
      if (known.has(leadId)) continue;
      this.write({ leadId, lead, recordId: randomUUID(), storedAt: new Date().toISOString() });
    }
    const still = new Set(held.map(({ id }) => id));
    for (const leadId of known) if (!still.has(leadId)) this.forget(leadId);
  }

  /** Removes the person of this lead from the file. The record of the lead stays. */
  forget(leadId: string): void {
    this.lines = this.lines.map((line) => withoutPerson(line, leadId));
    this.rewrite();
  }

  private take(line: Line): void {
    this.lines.push(line);
    if ("done" in line) this.done.add(line.done);
    if ("event" in line) this.cursors.add(line.event.cursor);
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

/** The lead of a line, if it has one. */
function leadsIn(line: Line): string[] {
  if ("done" in line) return [];
  if ("leadId" in line) return [line.leadId];
  return "leadId" in line.event ? [line.event.leadId] : [];
}

function withoutPerson(line: Line, leadId: string): Line {
  if ("done" in line || !leadsIn(line).includes(leadId)) return line;
  if ("leadId" in line) return { ...line, lead: null };
  return "lead" in line.event ? { ...line, event: { ...line.event, lead: null } } : line;
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
