/** Builds the supplier's view of a lead from its three stored parts: the delivery, the need and the person. */
import { formOf, productById, type AnswerValue, type Form, type Product } from "../../reference/catalogue";
import { placeAt } from "../../reference/geo";
import type { LeadNeedRow, Person } from "../../people/leads";
import type { AnswerView, LeadView } from "./lead-view";
import type { DeliveryFacts } from "./delivery-facts";
import { project } from "./projection";

export interface Parts {
  readonly delivery: DeliveryFacts;
  readonly need: LeadNeedRow;
  readonly person: Person;
}

type Find = (id: string) => Product | undefined;

export function render({ delivery, need, person }: Parts, find: Find = productById): LeadView {
  const product = find(need.productId);
  if (!product) throw new Error(`A lead is for ${need.productId}, which is no longer sold.`);
  const { contact, withheld } = project(person.contact, delivery.channels, product.needsStreet);
  return {
    id: delivery.id,
    supplierId: delivery.supplierId,
    product: need.productId,
    campaignId: delivery.campaignId,
    campaignVersion: delivery.campaignVersion,
    submittedAt: need.submittedAt,
    matchedAt: delivery.matchedAt,
    answers: answersOf(formOf(product, need.formVersion), { ...need.answers, ...person.texts }),
    place: placeAt(need.place, person.position),
    contact,
    channels: delivery.channels,
    withheld,
    seat: delivery.seat,
    seats: delivery.seats,
    priceCents: delivery.priceCents,
    charged: delivery.sandbox !== true,
    creditedAt: delivery.creditedAt,
    consent: delivery.consent,
    why: delivery.why,
  };
}

/** In the form's order. */
export function answersOf(form: Form, values: Readonly<Record<string, AnswerValue>>): AnswerView[] {
  return form.fields.flatMap((question) => {
    const value = values[question.id];
    return value === undefined ? [] : [{ question, value }];
  });
}
