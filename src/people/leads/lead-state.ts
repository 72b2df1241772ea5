/**
 * The states of a request and every change between them, with the feature that may make it. Callers hold the lead's
 * lock and save what they get back. Seats are not decided here: that is allocation's part.
 */
export type LeadState = "UNCONFIRMED" | "OPEN" | "CLOSED";
export type CloseReason = "SEATS_FILLED" | "WAIT_ENDED" | "WITHDRAWN" | "ERASED";

/** Where a request stands. */
export interface LeadStatus {
  readonly state: LeadState;
  readonly closeReason: CloseReason | null;
  readonly confirmedAt: Date | null;
  /** When a job looks at it again; null once there is nothing left to do. */
  readonly nextTryAt: Date | null;
  /** Consented suppliers that have not received it. */
  readonly waitingFor: string[];
  readonly closedAt: Date | null;
  readonly erasedAt: Date | null;
}

interface Change {
  readonly by: string;
  readonly from: readonly LeadState[];
  readonly to: LeadState;
}

/** The only changes there are. Erasing a closed request keeps the day on which it was closed. */
export const changes = {
  CONFIRM: { by: "consumer/intake", from: ["UNCONFIRMED"], to: "OPEN" },
  WAIT: { by: "allocation/assign", from: ["OPEN"], to: "OPEN" },
  CLOSE: { by: "allocation/assign", from: ["OPEN"], to: "CLOSED" },
  WITHDRAW: { by: "consumer/person", from: ["UNCONFIRMED", "OPEN"], to: "CLOSED" },
  ERASE: { by: "people/leads", from: ["UNCONFIRMED", "OPEN", "CLOSED"], to: "CLOSED" },
} as const satisfies Record<string, Change>;

const open: Omit<LeadStatus, "waitingFor"> = {
  state: "UNCONFIRMED",
  closeReason: null,
  confirmedAt: null,
  nextTryAt: null,
  closedAt: null,
  erasedAt: null,
};

/** A request whose contact is not proven yet. */
export const unconfirmed = (suppliers: readonly string[]): LeadStatus => ({
  ...open,
  waitingFor: [...suppliers],
});

/** A sandbox's request: matched the moment it is made, so nobody tries to allocate it. */
export const matchedAtOnce = (at: Date): LeadStatus => ({
  ...open,
  state: "CLOSED",
  closeReason: "SEATS_FILLED",
  confirmedAt: at,
  waitingFor: [],
  closedAt: at,
});

export const confirmed = <T extends LeadStatus>(lead: T, at: Date): T =>
  moved(lead, "CONFIRM", { confirmedAt: at, nextTryAt: at });

/** Still wanted by somebody: tried again at this instant, or when something opens at one of these suppliers. */
export const waiting = <T extends LeadStatus>(
  lead: T,
  wait: { readonly for: readonly string[]; readonly nextTryAt: Date },
): T => moved(lead, "WAIT", { nextTryAt: wait.nextTryAt, waitingFor: [...wait.for] });

export const closed = <T extends LeadStatus>(
  lead: T,
  closeReason: "SEATS_FILLED" | "WAIT_ENDED",
  at: Date,
): T => moved(lead, "CLOSE", { closeReason, closedAt: at, nextTryAt: null, waitingFor: [] });

/**
 * After a withdrawal: only suppliers that are still in the consent's scope are waited for. With none left the request
 * is closed, as withdrawn when nobody may use it any more, and as filled when those who have it still may.
 */
export function narrowed<T extends LeadStatus>(
  lead: T,
  scope: { has: (id: string) => boolean; size: number },
  at: Date,
): T {
  if (lead.state === "CLOSED") return lead;
  const waitingFor = lead.waitingFor.filter((supplierId) => scope.has(supplierId));
  if (waitingFor.length > 0) return { ...lead, waitingFor };
  const closeReason = scope.size === 0 ? "WITHDRAWN" : "SEATS_FILLED";
  return moved(lead, "WITHDRAW", { closeReason, closedAt: at, nextTryAt: null, waitingFor });
}

/** That there was a request, and what became of it, stays on record. */
export const erased = <T extends LeadStatus>(lead: T, at: Date): T =>
  moved(lead, "ERASE", {
    closeReason: "ERASED",
    nextTryAt: null,
    waitingFor: [],
    closedAt: lead.closedAt ?? at,
    erasedAt: at,
  });

function moved<T extends LeadStatus>(lead: T, name: keyof typeof changes, facts: Partial<LeadStatus>): T {
  const change: Change = changes[name];
  if (!change.from.includes(lead.state)) throw new Error(`A request that is ${lead.state} cannot ${name}.`);
  return { ...lead, ...facts, state: change.to };
}
