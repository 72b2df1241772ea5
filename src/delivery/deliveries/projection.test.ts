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

describe("what of a contact a supplier may see", () => {
  it.each(sets)("by %j: names and town, and what the channels need", (channels, open) => {
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

  it("names as withheld exactly the fields that are null, each once", () => {
    expect(combinations).toHaveLength(56);
    for (const { channels, needsStreet, person } of combinations) {
      const { contact: visible, withheld } = project(person, channels, needsStreet);
      const hidden = Object.entries(visible).flatMap(([field, value]) =>
        value === null ? [`contact.${field}`] : [],
      );
      expect(withheld.map(({ field }) => field).sort()).toEqual(hidden.sort());
    }
  });

  it("changes nothing of what it shows", () => {
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
    ["the address, without EMAIL", {}, ["PHONE"], true, "contact.email", "CHANNEL_NOT_CONSENTED"],
    ["a product that needs no street", {}, ["EMAIL"], false, "contact.street", "NOT_NEEDED_FOR_PRODUCT"],
    ["a street that was not given", { street: null }, ["EMAIL"], true, "contact.street", "NOT_PROVIDED"],
    ["a number that was not given", { phone: null }, ["PHONE"], true, "contact.phone", "NOT_PROVIDED"],
    // Whether there is one is not the business of somebody who may not have it.
    [
      "a number not given, nor consented to",
      { phone: null },
      ["EMAIL"],
      true,
      "contact.phone",
      "CHANNEL_NOT_CONSENTED",
    ],
    [
      "a street not given, nor needed",
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

  it("shows nobody without a channel", () => {
    expect(() => project(contact, [], true)).toThrow("never shown without a channel");
  });
});
