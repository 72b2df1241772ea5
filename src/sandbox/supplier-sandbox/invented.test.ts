import { products } from "../../reference/catalogue";
import { inventedAnswers, inventedContact } from "./invented";

const leadId = "0143b2c3-0000-8000-8000-00000000a1b2";

describe("an invented request", () => {
  it.each(products.map((product) => [product.id, product] as const))(
    "answers the required questions of %s and keeps the answers given",
    (_, { form }) => {
      const { answers, texts } = inventedAnswers(form, [], "2026-11-26");
      const required = form.fields.filter(({ required }) => required).map(({ id }) => id);
      expect(Object.keys({ ...answers, ...texts }).sort()).toEqual(required.sort());
      const [number] = form.fields.filter(({ type, max }) => type === "NUMBER" && max !== undefined);
      if (!number) return;
      const given = [{ field: number.id, value: number.max }];
      expect(inventedAnswers(form, given, "2026-11-26").answers[number.id]).toBe(number.max);
    },
  );

  it("has an obviously invented name and contacts reserved for fiction", () => {
    for (const channels of [["PHONE", "EMAIL"], ["SMS"]] as const) {
      const contact = inventedContact(leadId, { needsStreet: true }, channels);
      expect(contact.lastName).toContain("Exemple");
      expect(contact.email).toMatch(/@example\.com$/);
      expect(contact.phone).toMatch(
        channels.includes("SMS" as never) ? /^\+3363998\d{4}$/ : /^\+3319900\d{4}$/,
      );
      expect(contact.street).not.toBeNull();
    }
    expect(inventedContact(leadId, { needsStreet: false }, ["EMAIL"]).street).toBeNull();
  });
});
