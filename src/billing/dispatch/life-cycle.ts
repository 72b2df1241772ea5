/**
 * Life-cycle statuses of an invoice between companies (AFNOR XP Z12-012). Platforms set the codes up to 203,
 * 213 and 501; the buyer sets the others, except 212 (payment received), which we report. Reports of sales have
 * 300 and 301.
 */
export interface LifeCycleStatus {
  readonly code: string;
  readonly at: Date;
  /** The first code and the first text among `reasons`. */
  readonly reasonCode: string | null;
  readonly reason: string | null;
  /** In the order of the message. */
  readonly reasons: readonly StatusReason[];
}

export interface StatusReason {
  readonly code: string | null;
  readonly text: string | null;
  /** What the recipient of the message is asked to do, such as NIN (send a new invoice). */
  readonly actionCode: string | null;
  readonly action: string | null;
}

type Label = Readonly<Record<"FR" | "EN", string>>;

const labels: Readonly<Record<string, Label>> = {
  "200": { FR: "Déposée", EN: "Submitted" },
  "201": { FR: "Émise", EN: "Issued" },
  "202": { FR: "Reçue", EN: "Received" },
  "203": { FR: "Mise à disposition", EN: "Made available" },
  "204": { FR: "Prise en charge", EN: "In hand" },
  "205": { FR: "Approuvée", EN: "Approved" },
  "206": { FR: "Approuvée partiellement", EN: "Approved in part" },
  "207": { FR: "En litige", EN: "In dispute" },
  "208": { FR: "Suspendue", EN: "Suspended" },
  "209": { FR: "Complétée", EN: "Completed" },
  "210": { FR: "Refusée", EN: "Refused" },
  "211": { FR: "Paiement transmis", EN: "Payment sent" },
  "212": { FR: "Encaissée", EN: "Paid" },
  "213": { FR: "Rejetée", EN: "Rejected" },
  "300": { FR: "Déposée", EN: "Submitted" },
  "301": { FR: "Rejetée", EN: "Rejected" },
  "501": { FR: "Irrecevable", EN: "Inadmissible" },
};

export const statusLabel = (code: string, language: "FR" | "EN"): string =>
  labels[code]?.[language] ?? (language === "FR" ? `Statut ${code}` : `Status ${code}`);

export const collectedCode = "212";
/** Statuses with which a platform rejects the document. */
const rejectedByPlatform = new Set(["213", "501"]);
/** Statuses of a report of sales: 300 and 301 are set by the tax authority. */
export const isReportRejected = (code: string): boolean => code === "301" || rejectedByPlatform.has(code);
/** Statuses that finance has to handle. */
const forFinance = new Set(["207", "208", "210", ...rejectedByPlatform]);

/** The current status: the latest by the platform's clock; at the same instant, the higher code. */
export function currentOf(statuses: readonly LifeCycleStatus[]): LifeCycleStatus | null {
  return statuses.reduce<LifeCycleStatus | null>(
    (last, status) => (last === null || isLater(status, last) ? status : last),
    null,
  );
}

const isLater = (a: LifeCycleStatus, b: LifeCycleStatus): boolean =>
  a.at.getTime() > b.at.getTime() || (a.at.getTime() === b.at.getTime() && a.code > b.code);

export const isRejectedByPlatform = (status: LifeCycleStatus | null): boolean =>
  status !== null && rejectedByPlatform.has(status.code);
export const needsFinance = (status: LifeCycleStatus | null): boolean =>
  status !== null && forFinance.has(status.code);
/** After so many failed attempts to send a document, somebody should look at it. */
export const attemptsForFinance = 5;

/** Whether finance has to act. `fresh`: the statuses since the document was last sent. */
export const needsAction = (transmission: {
  readonly state: "WAITING" | "SENT" | "REFUSED";
  readonly attempts: number;
  readonly fresh: readonly LifeCycleStatus[];
}): boolean =>
  transmission.state === "REFUSED" ||
  (transmission.state === "WAITING" && transmission.attempts >= attemptsForFinance) ||
  needsFinance(currentOf(transmission.fresh));

export const codesForFinance: readonly string[] = [...forFinance];
