/** Can an outcome report be accepted? Each report is judged separately; storing it is up to the service. */
export type OutcomeStatus =
  "CONTACTED" | "UNREACHABLE" | "APPOINTMENT" | "QUOTED" | "SOLD" | "LOST" | "INVALID" | "DUPLICATE";

export interface OutcomeReport {
  readonly leadId: string;
  readonly status: OutcomeStatus;
  readonly occurredAt: Date;
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
  | { readonly kind: "STORE" }
  /** The same report was accepted before. */
  | { readonly kind: "KNOWN" }
  | { readonly kind: "REFUSE"; readonly error: string };

const longest = { vehicle: 200, comment: 2000, externalId: 200 };
// The supplier's clock may differ from ours.
const toleranceMs = 5 * 60_000;

export function decideReport(report: OutcomeReport, context: ReportContext): ReportDecision {
  if (context.earlier === "SAME") return { kind: "KNOWN" };
  const error = errorIn(report, context);
  return error === null ? { kind: "STORE" } : { kind: "REFUSE", error };
}

function errorIn(report: OutcomeReport, context: ReportContext): string | null {
  if (context.earlier === "OTHER") {
    return "CONFLICT: this externalId was used for another report of this lead. Send a correction under a new externalId.";
  }
  return wrongTime(report, context) ?? wrongSale(report) ?? wrongWords(report, context) ?? tooLong(report);
}

function wrongTime({ occurredAt }: OutcomeReport, { matchedAt, now }: ReportContext): string | null {
  if (occurredAt.getTime() > now.getTime() + toleranceMs) {
    return "INVALID_INPUT: occurredAt lies in the future.";
  }
  if (occurredAt.getTime() < matchedAt.getTime() - toleranceMs) {
    return "INVALID_INPUT: occurredAt lies before you received the lead.";
  }
  return null;
}

function wrongSale({ status, saleCents }: OutcomeReport): string | null {
  if (saleCents === null) return null;
  if (status !== "SOLD") return "INVALID_INPUT: saleCents belongs to SOLD only. Leave it out.";
  return saleCents < 0 ? "INVALID_INPUT: saleCents is not negative." : null;
}

const wrongWords = ({ vehicle, comment }: OutcomeReport, { revoked }: ReportContext): string | null =>
  revoked && (vehicle !== null || comment !== null)
    ? "INVALID_INPUT: your right to this person's data has ended. Report without vehicle and comment."
    : null;

function tooLong(report: OutcomeReport): string | null {
  for (const field of ["vehicle", "comment", "externalId"] as const) {
    const length = report[field]?.length;
    if (length !== undefined && (length === 0 || length > longest[field])) {
      return `INVALID_INPUT: ${field} takes 1 to ${String(longest[field])} characters.`;
    }
  }
  return null;
}
