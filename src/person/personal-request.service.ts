/** What a person sees of their own request: what was sent to whom, when, under which consent. */
import type { EntityManager } from "typeorm";
import { productById, type ContactChannel, type Purpose } from "../catalogue";
import { purposesOf, scopeOf, type ConsentAct, type ConsentRecord, type RecordedAct } from "../consent";
import { answersOf, type AnswerView, type DeliveryBook, type DeliveryRow } from "../deliveries";
import type { Place } from "../geo";
import type { Contact, LeadBook, LeadReader, LeadRow } from "../leads";
import type { Transact } from "../platform/database";
import { notFound } from "../shared/errors";

export interface RecipientStatus {
  readonly supplierId: string;
  readonly name: string;
  /** What it may use now; empty once the right has ended or was never given. */
  readonly channels: readonly ContactChannel[];
  readonly sentAt: Date | null;
  readonly endedAt: Date | null;
  readonly acknowledgedAt: Date | null;
}

export interface PersonalView {
  readonly lead: LeadRow;
  readonly contact: Contact;
  readonly place: Place;
  readonly answers: readonly AnswerView[];
  readonly recipients: readonly RecipientStatus[];
  readonly purposes: readonly Purpose[];
  readonly acts: readonly RecordedAct[];
}

export class PersonalRequests {
  constructor(
    private readonly deps: {
      readonly transact: Transact;
      readonly leads: LeadBook;
      readonly reader: LeadReader;
      readonly consents: ConsentRecord;
      readonly deliveries: DeliveryBook;
    },
  ) {}

  async of(leadId: string): Promise<PersonalView> {
    return this.deps.transact({ role: "person", leadId }, (tx) => this.read(tx, leadId));
  }

  private async read(tx: EntityManager, leadId: string): Promise<PersonalView> {
    const { leads, reader, consents, deliveries } = this.deps;
    const lead = await leads.byId(tx, leadId);
    const request = (await reader.byIds(tx, [leadId])).get(leadId);
    const product = request && productById(request.need.productId);
    if (!lead || !product) throw notFound("request");
    const acts = await consents.acts(tx, leadId);
    const contents = acts.map(({ content }) => content);
    return {
      lead,
      contact: request.person.contact,
      place: request.need.place,
      answers: answersOf(product.form, { ...request.need.answers, ...request.person.texts }),
      recipients: recipientsOf(contents, await deliveries.ofLead(tx, leadId)),
      purposes: [...purposesOf(contents)],
      acts,
    };
  }
}

/** Everybody who was ever consented to, in the order shown. */
export function recipientsOf(acts: readonly ConsentAct[], deliveries: readonly DeliveryRow[]): RecipientStatus[] {
  const scope = scopeOf(acts);
  const given = acts.flatMap((act) => (act.kind === "GIVEN" ? [act] : []));
  const everGranted = scopeOf(given);
  const sent = new Map(deliveries.map((delivery) => [delivery.supplierId, delivery]));
  return given
    .flatMap(({ shown }) => shown)
    .filter(({ supplierId }) => everGranted.has(supplierId))
    .map(({ supplierId, name }) => {
      const delivery = sent.get(supplierId);
      return {
        supplierId,
        name,
        channels: delivery?.channels ?? [...(scope.get(supplierId) ?? [])],
        sentAt: delivery?.matchedAt ?? null,
        endedAt: delivery?.revokedAt ?? null,
        acknowledgedAt: delivery?.acknowledgedAt ?? null,
      };
    });
}
