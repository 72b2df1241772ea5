/** What a person sees of their own request: what was sent to whom, when, under which consent. */
import type { EntityManager } from "typeorm";
import { formOf, productById } from "../catalogue";
import { purposesOf, type ConsentRecord } from "../consent";
import { answersOf, type DeliveryBook } from "../deliveries";
import { placeAt } from "../geo";
import type { LeadBook, LeadReader } from "../leads";
import type { Transact } from "../platform/database";
import { notFound } from "../shared/errors";
import { recipientsOf, type PersonalView } from "./personal-view";

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
      place: placeAt(request.need.place, request.person.position),
      formVersion: request.need.formVersion,
      answers: answersOf(formOf(product, request.need.formVersion), {
        ...request.need.answers,
        ...request.person.texts,
      }),
      recipients: recipientsOf(contents, await deliveries.ofLead(tx, leadId)),
      purposes: [...purposesOf(contents)],
      acts,
    };
  }
}
