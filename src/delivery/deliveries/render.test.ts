import { NEW_CAR, productFrom, type FormField } from "../../reference/catalogue";
import type { LeadNeedRow, Person } from "../../people/leads";
import type { DeliveryFacts } from "./delivery-facts";
import { answersOf, render } from "./render";

const submittedAt = new Date("2026-11-20T09:00:00Z");
const delivery: DeliveryFacts = {
  id: "0142b2c3-0000-8000-8000-00000000000d",
  supplierId: "0a1b2c3d-0000-4000-8000-00000000000a",
  campaignId: "0a1b2c3d-0000-4000-8000-00000000000c",
  campaignVersion: 3,
  seat: 2,
  seats: 3,
  priceCents: 3_000,
  matchedAt: new Date("2026-11-20T09:00:01Z"),
  channels: ["EMAIL"],
  consent: {
    supplierName: "Atlas",
    channels: ["EMAIL"],
    givenAt: submittedAt.toISOString(),
    formVersion: 1,
    language: "FR",
    textHash: "0".repeat(64),
  },
  why: [{ kind: "PRICE", text: "Your price of 3000 cents." }],
  creditedAt: null,
};
const need: LeadNeedRow = {
  month: 322,
  leadId: "0142b2c3-0000-8000-8000-000000000001",
  productId: "NEW_CAR",
  formVersion: 1,
  submittedAt,
  answers: { horizon: "NOW", budgetEuros: 25_000, tradeIn: false, makes: ["DACIA", "BYD"] },
  textsAnswered: ["comment"],
  place: {
    inseeCode: "69123",
    postcode: "69003",
    commune: "Lyon",
    departement: "69",
    region: "84",
    country: "FR",
    arrondissement: null,
    position: null,
    precision: "NONE",
  },
};
const person: Person = {
  contact: {
    civility: "MADAME",
    firstName: "Zélie",
    lastName: "Essai",
    phone: "+33612345678",
    email: "zelie@exemple.example",
    street: "1 rue de l'Essai",
    postcode: "69003",
    city: "Lyon",
  },
  texts: { comment: "Plutôt le matin." },
  position: null,
};

describe("a lead as its supplier sees it", () => {
  it("combines the delivery, the need and the person", () => {
    const view = render({ delivery, need, person });
    const { id, supplierId, campaignId, campaignVersion, matchedAt, seat, seats, priceCents, consent, why } =
      delivery;
    expect(view).toMatchObject({
      ...{ id, supplierId, campaignId, campaignVersion, matchedAt, seat, seats, priceCents, consent, why },
      ...{ submittedAt, place: need.place, product: "NEW_CAR", channels: ["EMAIL"], creditedAt: null },
    });
    expect(view.contact.firstName).toBe("Zélie");
  });

  it("shows what the delivery's channels allow now, not what the consent allowed at the match", () => {
    const wider = {
      ...delivery,
      consent: { ...delivery.consent, channels: ["PHONE" as const, "EMAIL" as const] },
    };
    const view = render({ delivery: wider, need, person });
    expect(view.contact).toMatchObject({ phone: null, email: person.contact.email, street: null });
    expect(view.withheld).toEqual([
      { field: "contact.phone", reason: "CHANNEL_NOT_CONSENTED" },
      { field: "contact.street", reason: "NOT_NEEDED_FOR_PRODUCT" },
    ]);
  });

  it("contains the delivery's id and never the lead's, so that two suppliers cannot match their leads", () => {
    expect(JSON.stringify(render({ delivery, need, person }))).not.toContain(need.leadId);
  });

  it("lists the answers in the form's order, free text included", () => {
    const { answers } = render({ delivery, need, person });
    expect(
      answers.map(({ question: { id, label, type }, value }) => ({
        field: id,
        label: label.FR,
        type,
        value,
      })),
    ).toEqual([
      { field: "makes", label: "Marques envisagées", type: "MULTICHOICE", value: ["DACIA", "BYD"] },
      { field: "budgetEuros", label: "Budget, toutes taxes comprises", type: "NUMBER", value: 25_000 },
      { field: "tradeIn", label: "Reprise de votre véhicule", type: "BOOLEAN", value: false },
      { field: "horizon", label: "Quand pensez-vous acheter ?", type: "CHOICE", value: "NOW" },
      { field: "comment", label: "Précisions", type: "TEXT", value: "Plutôt le matin." },
    ]);
  });

  it("leaves out fields that were not answered or that the form does not have", () => {
    expect(answersOf(NEW_CAR.form, {})).toEqual([]);
    expect(answersOf(NEW_CAR.form, { shoeSize: 43 })).toEqual([]);
  });

  it("uses the labels and the order of the form version that was filled in, not of the current one", () => {
    const [first] = NEW_CAR.form.fields;
    const renamed = { ...NEW_CAR.form.fields[3], label: { FR: "Budget", EN: "Budget" } } as FormField;
    const today = { ...NEW_CAR.form, version: 2, fields: first ? [renamed, first] : [] };
    const product = productFrom({ ...NEW_CAR, forms: [NEW_CAR.form, today] });
    const answersAt = (formVersion: number) =>
      render({ delivery, need: { ...need, formVersion }, person }, () => product).answers;
    expect(answersAt(1)).toEqual(render({ delivery, need, person }).answers);
    expect(answersAt(2).map(({ question }) => question.id)).toEqual(
      [renamed.id, "makes"].filter((id) => id in need.answers),
    );
    expect(() => answersAt(3)).toThrow("NEW_CAR has no version 3 of its form any more.");
  });

  it("refuses to render a lead for an unknown product", () => {
    expect(() => render({ delivery, need: { ...need, productId: "OLD_BOAT" }, person })).toThrow("OLD_BOAT");
  });
});
