/**
 * Can an outcome report be accepted, and which of a lead's reports counts? Each report is judged separately; storing it
 * is up to the service.
 */
import { windowOf } from "../../shared/calendar";

export type OutcomeStatus =
  "CONTACTED" | "UNREACHABLE" | "APPOINTMENT" | "QUOTED" | "SOLD" | "LOST" | "INVALID" | "DUPLICATE";

/** When it happened: an instant, or a day in Paris whose time was not reported. */
export type OccurredAt = Date | { readonly day: string };

export interface OutcomeReport {
  readonly leadId: string;
  readonly status: OutcomeStatus;
  readonly occurredAt: OccurredAt;
  readonly saleCents: number | null;
  readonly vehicle: string | null;
  readonly comment: string | null;
  readonly externalId: string | null;
}

/** Facts about the lead and its earlier reports, read while the delivery is locked. */
export interface ReportContext {
  readonly matchedAt: Date;
  /** Whether the supplier's right to the lead has ended. Then figures are still accepted, but no free text. */
  readonly revoked: boolean;
  readonly now: Date;
  /** Whether the key was used before, and if so, for the same report or another one. */
  readonly earlier: "NONE" | "SAME" | "OTHER";
}

export type ReportDecision =
  | { readonly kind: "STORE"; readonly occurredAt: Date }
  /** The same report was accepted before. */
  | { readonly kind: "KNOWN" }
  | ({ readonly kind: "REFUSE" } & ReportFault);

export interface ReportFault {
  readonly code: "NOT_FOUND" | "INVALID_INPUT" | "CONFLICT";
  readonly message: string;
}

const longest = { vehicle: 200, comment: 2000, externalId: 200 };
// The supplier's clock may differ from ours.
const toleranceMs = 5 * 60_000;

export function decideReport(report: OutcomeReport, context: ReportContext): ReportDecision {
  if (context.earlier === "SAME") return { kind: "KNOWN" };
  if (context.earlier === "OTHER") return { kind: "REFUSE", code: "CONFLICT", message: externalIdUsed };
  const occurredAt = instantOf(report.occurredAt, context);
  const message = faultIn(report, occurredAt, context);
  return message === null
    ? { kind: "STORE", occurredAt }
    : { kind: "REFUSE", code: "INVALID_INPUT", message };
}

/**
 * The first instant of a day on which it can have happened: not before the lead was received, and not in the future.
 * A day on which it cannot have happened is its nearest instant, which is then refused.
 */
function instantOf(occurredAt: OccurredAt, { matchedAt, now }: ReportContext): Date {
  if (occurredAt instanceof Date) return occurredAt;
  const { start, end } = windowOf("DAY", "Europe/Paris", new Date(`${occurredAt.day}T12:00:00Z`));
  const possible = Math.max(start.getTime(), Math.min(matchedAt.getTime(), end.getTime() - 1));
  return new Date(start <= now ? Math.min(possible, now.getTime()) : possible);
}

/** A report as it was stored. */
export interface StoredReport {
  readonly status: string;
  readonly occurredAt: Date;
}

/**
 * Of a lead's reports, in the order in which they arrived, the one that counts: what happened last. A report of
 * something earlier that arrives late does not undo a sale. A report of the same status corrects the one before it.
 */
export function reportThatCounts<Report extends StoredReport>(reports: readonly Report[]): Report | null {
  let counts: Report | null = null;
  for (const report of reports)
    if (counts === null || report.status === counts.status || report.occurredAt >= counts.occurredAt)
      counts = report;
  return counts;
}

/** The sentence that holds code and message, as it was before these were fields of their own. */
export const errorOf = ({ code, message }: ReportFault): string =>
  `${code}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;

export const noSuchLead: ReportFault = {
  code: "NOT_FOUND",
  message: "There is no such lead, or it is not yours.",
};

const externalIdUsed =
  "This externalId was used for another report of this lead. Send a correction under a new externalId.";

const faultIn = (report: OutcomeReport, occurredAt: Date, context: ReportContext): string | null =>
  wrongTime(occurredAt, context) ?? wrongSale(report) ?? wrongWords(report, context) ?? tooLong(report);

function wrongTime(occurredAt: Date, { matchedAt, now }: ReportContext): string | null {
  if (occurredAt.getTime() > now.getTime() + toleranceMs) {
    return "occurredAt lies in the future.";
  }
  if (occurredAt.getTime() < matchedAt.getTime() - toleranceMs) {
    return "occurredAt lies before you received the lead.";
  }
  return null;
}

function wrongSale({ status, saleCents }: OutcomeReport): string | null {
  if (saleCents === null) return null;
  if (status !== "SOLD") return "saleCents belongs to SOLD only. Leave it out.";
  return saleCents < 0 ? "saleCents is not negative." : null;
}

const wrongWords = ({ vehicle, comment }: OutcomeReport, { revoked }: ReportContext): string | null =>
  revoked && (vehicle !== null || comment !== null)
    ? "Your right to this person's data has ended. Report without vehicle and comment."
    : null;

function tooLong(report: OutcomeReport): string | null {
  for (const field of ["vehicle", "comment", "externalId"] as const) {
    const length = report[field]?.length;
    if (length !== undefined && (length === 0 || length > longest[field])) {
      return `${field} takes 1 to ${String(longest[field])} characters.`;
    }
  }
  return null;
}
