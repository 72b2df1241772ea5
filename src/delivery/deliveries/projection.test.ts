import type { ContactChannel } from "../../reference/catalogue";
import type { Contact } from "../../people/leads";
import { project } from "./projection";

const contact: Contact = {
  civility: "MADAME",
  firstName: "Zélie",
  lastName: "Essai",
  phone: "+33612345678",
  email: "zelie@exemple.example",
  street: "1 rue de l'Essai",
  postcode: "69003",
  city: "Lyon",
};

const sets: readonly (readonly [ContactChannel[], open: { phone: boolean; email: boolean }])[] = [
  [["PHONE"], { phone: true, email: false }],
  [["SMS"], { phone: true, email: false }],
  [["EMAIL"], { phone: false, email: true }],
  [["PHONE", "SMS"], { phone: true, email: false }],
  [["PHONE", "EMAIL"], { phone: true, email: true }],
  [["SMS", "EMAIL"], { phone: true, email: true }],
  [["PHONE", "SMS", "EMAIL"], { phone: true, email: true }],
];

describe("the contact fields that a supplier may see", () => {
  it.each(sets)("with consent to %j: names, town and what those channels need", (channels, open) => {
    const { civility, firstName, lastName, postcode, city } = contact;
    expect(project(contact, channels, false).contact).toEqual({
      ...{ civility, firstName, lastName, postcode, city },
      phone: open.phone ? contact.phone : null,
      email: open.email ? contact.email : null,
      street: null,
    });
  });

  const combinations = sets.flatMap(([channels]) =>
    [true, false].flatMap((needsStreet) =>
      [
        contact,
        { ...contact, phone: null },
        { ...contact, street: null },
        { ...contact, phone: null, street: null },
      ].map((person) => ({ channels, needsStreet, person })),
    ),
  );

  it("lists exactly the fields that are null as withheld, each once", () => {
    expect(combinations).toHaveLength(56);
    for (const { channels, needsStreet, person } of combinations) {
      const { contact: visible, withheld } = project(person, channels, needsStreet);
      const hidden = Object.entries(visible).flatMap(([field, value]) =>
        value === null ? [`contact.${field}`] : [],
      );
      expect(withheld.map(({ field }) => field).sort()).toEqual(hidden.sort());
    }
  });

  it("does not alter the values it shows", () => {
    for (const { channels, needsStreet, person } of combinations) {
      for (const [field, value] of Object.entries(project(person, channels, needsStreet).contact)) {
        expect([null, person[field as keyof Contact]]).toContain(value);
      }
    }
  });

  it("shows the street only where the product needs it", () => {
    expect(project(contact, ["EMAIL"], true).contact.street).toBe(contact.street);
    expect(project(contact, ["PHONE", "SMS", "EMAIL"], false).contact.street).toBeNull();
  });

  it.each<[string, Partial<Contact>, ContactChannel[], boolean, string, string]>([
    ["a channel that was not consented to", {}, ["EMAIL"], true, "contact.phone", "CHANNEL_NOT_CONSENTED"],
    ["the e-mail address, without EMAIL", {}, ["PHONE"], true, "contact.email", "CHANNEL_NOT_CONSENTED"],
    ["a product that needs no street", {}, ["EMAIL"], false, "contact.street", "NOT_NEEDED_FOR_PRODUCT"],
    ["a street that was not given", { street: null }, ["EMAIL"], true, "contact.street", "NOT_PROVIDED"],
    ["a number that was not given", { phone: null }, ["PHONE"], true, "contact.phone", "NOT_PROVIDED"],
    // A supplier that may not have a value must not learn whether it exists either.
    [
      "a number neither given nor consented to",
      { phone: null },
      ["EMAIL"],
      true,
      "contact.phone",
      "CHANNEL_NOT_CONSENTED",
    ],
    [
      "a street neither given nor needed",
      { street: null },
      ["EMAIL"],
      false,
      "contact.street",
      "NOT_NEEDED_FOR_PRODUCT",
    ],
  ])("gives the reason: %s", (_, change, channels, needsStreet, field, reason) => {
    const { withheld } = project({ ...contact, ...change }, channels, needsStreet);
    expect(withheld.find((one) => one.field === field)).toEqual({ field, reason });
  });

  it("refuses to show a contact without a channel", () => {
    expect(() => project(contact, [], true)).toThrow("never shown without a channel");
  });
});
