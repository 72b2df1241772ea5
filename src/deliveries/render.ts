/** Puts a lead together for its supplier from what is kept apart: the delivery, the need, the person. */
import { productById, type AnswerValue, type Form } from "../catalogue";
import type { LeadNeedRow, Person } from "../leads";
import type { AnswerView, LeadView } from "./lead-view";
import type { DeliveryFacts } from "./delivery-facts";
import { project } from "./projection";

export interface Parts {
  readonly delivery: DeliveryFacts;
  readonly need: LeadNeedRow;
  readonly person: Person;
}

export function render({ delivery, need, person }: Parts): LeadView {
  const product = productById(need.productId);
  if (!product) throw new Error(`A lead is for ${need.productId}, which is not sold any more.`);
  const { contact, withheld } = project(person.contact, delivery.channels, product.needsStreet);
  return {
    id: delivery.id,
    supplierId: delivery.supplierId,
    product: need.productId,
    campaignId: delivery.campaignId,
    campaignVersion: delivery.campaignVersion,
    submittedAt: need.submittedAt,
    matchedAt: delivery.matchedAt,
    answers: answersOf(product.form, { ...need.answers, ...person.texts }),
    place: need.place,
    contact,
    channels: delivery.channels,
    withheld,
    seat: delivery.seat,
    seats: delivery.seats,
    priceCents: delivery.priceCents,
    creditedAt: delivery.creditedAt,
    consent: delivery.consent,
    why: delivery.why,
  };
}

/** In the form's order. */
export function answersOf(form: Form, values: Readonly<Record<string, AnswerValue>>): AnswerView[] {
  return form.fields.flatMap(({ id, label, type }) => {
    const value = values[id];
    return value === undefined ? [] : [{ field: id, label: label.FR, type, value }];
  });
}
