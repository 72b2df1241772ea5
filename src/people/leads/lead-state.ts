/**
 * The states of a request and the changes between them, with the feature that makes each change. Callers hold the
 * lead's lock and save the result. Seats are not decided here but in allocation.
 */
export type LeadState = "UNCONFIRMED" | "OPEN" | "CLOSED";
export type CloseReason = "SEATS_FILLED" | "WAIT_ENDED" | "WITHDRAWN" | "ERASED";

/** The columns of a request that its state determines. */
export interface LeadStatus {
  readonly state: LeadState;
  readonly closeReason: CloseReason | null;
  readonly confirmedAt: Date | null;
  /** When a job next tries to allocate it; null when there is nothing left to do. */
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

/** All changes of state. Erasing a closed request keeps the time at which it was closed. */
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

/** The status of a request whose contact is not confirmed yet. */
export const unconfirmed = (suppliers: readonly string[]): LeadStatus => ({
  ...open,
  waitingFor: [...suppliers],
});

/** The status of a sandbox's request, which is matched when it is created and never allocated. */
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

/** Keeps the request open for these suppliers. It is tried again at `nextTryAt`, or when one of them can take leads. */
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
 * Applies a withdrawal: the request waits only for suppliers that are still in the scope of the consent. When none is
 * left it is closed, as WITHDRAWN if the scope is empty, and as SEATS_FILLED if suppliers that have it may still use it.
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

/** Marks the request as erased. That it existed, and when it was closed, stays on record. */
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
