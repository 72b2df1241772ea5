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
  const message = faultIn(report, context);
  return message === null ? { kind: "STORE" } : { kind: "REFUSE", code: "INVALID_INPUT", message };
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

const faultIn = (report: OutcomeReport, context: ReportContext): string | null =>
  wrongTime(report, context) ?? wrongSale(report) ?? wrongWords(report, context) ?? tooLong(report);

function wrongTime({ occurredAt }: OutcomeReport, { matchedAt, now }: ReportContext): string | null {
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
