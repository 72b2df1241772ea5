/** Validates a submission and converts it to the rows of a lead. Storing them is submission.service.ts. */
import type { ConfirmationChannel, Form } from "../../reference/catalogue";
import { consentScopeOf, type Grant } from "../../people/consent";
import { leadState, type LeadNeedRow, type LeadRow } from "../../people/leads";
import { invalid } from "../../shared/errors";
import { monthIndexOf } from "../../shared/months";
import type { Preview } from "./preview";

const hourMs = 3_600_000;
/** How long a person waits for a supplier by default, and at most. */
export const waitHours = { usual: 24, longest: 7 * 24 };

/** Returns the suppliers that were both shown and ticked. */
export function consentedIn(
  { shown, formVersion, language, textHash }: Preview,
  grants: readonly Grant[],
): string[] {
  const scope = consentScopeOf([
    { kind: "GIVEN", shown, grants, declared: { formVersion, language, textHash } },
  ]);
  return [...scope.keys()];
}

/** Defaults to e-mail, because it needs no external processor. */
export function channelOf(chosen: ConfirmationChannel | null, { confirmBy }: Form): ConfirmationChannel {
  const channel = chosen ?? "EMAIL";
  if (confirmBy.includes(channel)) return channel;
  throw invalid(`This form does not offer to confirm by ${channel}. It offers ${confirmBy.join(", ")}.`, {
    reason: "UNKNOWN_VALUE",
    values: confirmBy,
  });
}

/** Returns why a phone number is required, or null when it is optional. */
export function phoneFor(grants: readonly Grant[], channel: ConfirmationChannel): string | null {
  const granted = grants.flatMap(({ channels }) => channels ?? []);
  if (granted.includes("PHONE") || granted.includes("SMS")) return "a grant names PHONE or SMS";
  return channel === "SMS" ? "the code is to be sent by SMS" : null;
}

export function waitUntilOf(asked: Date | null, at: Date): Date {
  if (asked === null) return new Date(at.getTime() + waitHours.usual * hourMs);
  const isPast = asked <= at;
  if (isPast || asked.getTime() - at.getTime() > waitHours.longest * hourMs) {
    throw invalid(
      "waitUntil must lie ahead, at most seven days from now. Leave it out to wait for one day.",
      { reason: isPast ? "IN_THE_PAST" : "OUT_OF_RANGE" },
    );
  }
  return asked;
}

export interface NewLead {
  readonly id: string;
  readonly reference: string;
  /** The consumer of the form key that submitted it. */
  readonly source: string;
  readonly preview: Preview;
  readonly suppliers: readonly string[];
  readonly waitUntil: Date;
  readonly at: Date;
}

export const newLead = ({ id, reference, source, preview, suppliers, waitUntil, at }: NewLead): LeadRow => ({
  month: monthIndexOf(at),
  id,
  reference,
  productId: preview.product,
  source,
  ...leadState.unconfirmed(suppliers),
  submittedAt: at,
  waitUntil,
  triedAt: null,
  joinedLeadId: null,
  seats: null,
  seatsTaken: 0,
});

export const needOf = (preview: Preview, { month, id, submittedAt }: LeadRow): LeadNeedRow => ({
  month,
  leadId: id,
  productId: preview.product,
  formVersion: preview.formVersion,
  submittedAt,
  answers: preview.answers,
  textsAnswered: Object.keys(preview.texts),
  place: preview.place,
});
