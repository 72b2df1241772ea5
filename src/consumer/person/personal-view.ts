/** Derives what a person sees of their request, including every supplier they ever consented to. */
import type { ContactChannel, Purpose } from "../../reference/catalogue";
import { consentScopeOf, type ConsentAct, type RecordedAct } from "../../people/consent";
import type { AnswerView, DeliveryRow } from "../../delivery/deliveries";
import type { Place } from "../../reference/geo";
import type { Contact, LeadRow } from "../../people/leads";
import type { DecisionRecord } from "../../allocation/matching";
import { notSentOf, type NotSent } from "./not-sent";

export interface RecipientStatus {
  readonly supplierId: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2: where the company was registered. */
  readonly country: string;
  /** The channels it may use now; empty once its right has ended. */
  readonly channels: readonly ContactChannel[];
  readonly sentAt: Date | null;
  readonly endedAt: Date | null;
  readonly acknowledgedAt: Date | null;
  /** Set for a supplier that may receive the request and has not. */
  readonly notSent: NotSent | null;
}

export interface PersonalView {
  readonly lead: LeadRow;
  readonly contact: Contact;
  readonly place: Place;
  readonly formVersion: number;
  readonly answers: readonly AnswerView[];
  readonly recipients: readonly RecipientStatus[];
  readonly purposes: readonly Purpose[];
  readonly acts: readonly RecordedAct[];
}

/** Returns every supplier that was ever consented to, in the order shown. */
export function recipientsOf(
  acts: readonly ConsentAct[],
  deliveries: readonly DeliveryRow[],
  last?: DecisionRecord,
): RecipientStatus[] {
  const scope = consentScopeOf(acts);
  const given = acts.flatMap((act) => (act.kind === "GIVEN" ? [act] : []));
  const everGranted = consentScopeOf(given);
  const sent = new Map(deliveries.map((delivery) => [delivery.supplierId, delivery]));
  return given
    .flatMap(({ shown }) => shown)
    .filter(({ supplierId }) => everGranted.has(supplierId))
    .map(({ supplierId, name, country = "FR" }) => ({
      ...{ supplierId, name, country },
      ...sendingOf(sent.get(supplierId), [...(scope.get(supplierId) ?? [])]),
      notSent: sent.has(supplierId) || !scope.has(supplierId) ? null : notSentOf(last, supplierId),
    }));
}

/** Takes the usable channels from the delivery once there is one, and from the consent before. */
function sendingOf(
  delivery: DeliveryRow | undefined,
  channels: ContactChannel[],
): Omit<RecipientStatus, "supplierId" | "name" | "country" | "notSent"> {
  if (!delivery) return { channels, sentAt: null, endedAt: null, acknowledgedAt: null };
  const { matchedAt: sentAt, revokedAt: endedAt, acknowledgedAt } = delivery;
  return { channels: delivery.channels, sentAt, endedAt, acknowledgedAt };
}
