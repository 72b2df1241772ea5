/** Loads what a person sees of their own request: what was sent to whom, when, and under which consent. */
import type { EntityManager } from "typeorm";
import type { DecisionBook } from "../../allocation/assign";
import { formOf, productById } from "../../reference/catalogue";
import { purposesOf, type ConsentRecord } from "../../people/consent";
import { answersOf, type DeliveryBook } from "../../delivery/deliveries";
import { placeAt } from "../../reference/geo";
import type { LeadBook, LeadReader } from "../../people/leads";
import type { DecisionRecord } from "../../allocation/matching";
import type { Transact } from "../../platform/database";
import { notFound } from "../../shared/errors";
import { recipientsOf, type PersonalView } from "./personal-view";

export class PersonalRequests {
  constructor(
    private readonly deps: {
      readonly transact: Transact;
      readonly leads: LeadBook;
      readonly reader: LeadReader;
      readonly consents: ConsentRecord;
      readonly deliveries: DeliveryBook;
      readonly decisions: Pick<DecisionBook, "latest">;
    },
  ) {}

  async of(leadId: string): Promise<PersonalView> {
    const { transact, decisions } = this.deps;
    // Decisions contain data of suppliers, so the person's role cannot read them. Only notSentOf uses the last one.
    const last = await transact({ role: "worker" }, (tx) => decisions.latest(tx, [leadId]));
    return transact({ role: "person", leadId }, (tx) => this.read(tx, leadId, last.get(leadId)));
  }

  private async read(tx: EntityManager, leadId: string, last?: DecisionRecord): Promise<PersonalView> {
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
      recipients: recipientsOf(contents, await deliveries.ofLead(tx, leadId), last),
      purposes: [...purposesOf(contents)],
      acts,
    };
  }
}
