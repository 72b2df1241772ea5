/** Builds the rows of a lead created on demand, as if it had just been matched with one seat. */
import type { CheckedAnswers, ContactChannel } from "../../reference/catalogue";
import type { CampaignView } from "../../offers/campaigns";
import type { ConsentGiven } from "../../people/consent";
import type { DeliveryRow } from "../../delivery/deliveries";
import type { Place } from "../../reference/geo";
import { leadState, type LeadNeedRow, type LeadRow } from "../../people/leads";
import { monthIndexOf } from "../../shared/months";

export interface Making {
  /** The sandbox, as it would be shown to persons. */
  readonly sandbox: { readonly id: string; readonly name: string };
  readonly campaign: CampaignView;
  readonly channels: readonly ContactChannel[];
  readonly answers: CheckedAnswers["answers"];
  readonly textsAnswered: readonly string[];
  readonly place: Place;
  readonly declared: ConsentGiven["declared"];
  readonly leadId: string;
  readonly deliveryId: string;
  readonly reference: string;
  readonly at: Date;
}

export const leadOf = ({ sandbox, campaign, leadId, reference, at }: Making): LeadRow => ({
  month: monthIndexOf(at),
  id: leadId,
  reference,
  sandboxSupplierId: sandbox.id,
  productId: campaign.terms.product,
  ...leadState.matchedAtOnce(at),
  submittedAt: at,
  waitUntil: at,
  triedAt: null,
  joinedLeadId: null,
  seats: 1,
  seatsTaken: 1,
});

export const sandboxNeedOf = (making: Making): LeadNeedRow => ({
  month: monthIndexOf(making.at),
  leadId: making.leadId,
  productId: making.campaign.terms.product,
  formVersion: making.declared.formVersion,
  submittedAt: making.at,
  answers: making.answers,
  textsAnswered: [...making.textsAnswered],
  place: making.place,
});

export const consentOf = ({ sandbox, channels, declared }: Making): ConsentGiven => ({
  kind: "GIVEN",
  shown: [{ supplierId: sandbox.id, name: sandbox.name, creditAgencies: [] }],
  grants: [{ purpose: "TRANSMIT", supplierIds: [sandbox.id], channels }],
  declared,
});

export const sandboxDeliveryOf = (making: Making): DeliveryRow => ({
  month: monthIndexOf(making.at),
  id: making.deliveryId,
  leadId: making.leadId,
  supplierId: making.sandbox.id,
  sandbox: true,
  campaignId: making.campaign.id,
  campaignVersion: making.campaign.version,
  seat: 1,
  seats: 1,
  priceCents: making.campaign.terms.pricePerLeadCents,
  matchedAt: making.at,
  channels: [...making.channels],
  consent: {
    supplierName: making.sandbox.name,
    channels: making.channels,
    givenAt: making.at.toISOString(),
    ...making.declared,
  },
  why: [
    { kind: "CONSENT", channels: making.channels, invented: true },
    { kind: "PRICE", priceCents: null },
  ],
  creditedAt: null,
  revokedAt: null,
  revocationReason: null,
  acknowledgeBy: null,
  acknowledgedAt: null,
  disposition: null,
  groundSealed: null,
  groundKeyId: null,
});
