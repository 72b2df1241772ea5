import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { validateXML } from "xmllint-wasm";
import { products, type AnswerValue, type ContactChannel, type FormField } from "../../reference/catalogue";
import { adfOf } from "./adf";
import type { AdfAnswer, AdfLead } from "./adf-lead";

const schema = readFileSync(path.join(__dirname, "../../../docs/schemas/adf-1.0.xsd"), "utf8");

/** Validates the documents against the project's own schema and returns the errors. */
async function faultsOf(...documents: readonly string[]): Promise<string[]> {
  const xml = documents.map((contents, index) => ({ fileName: `${String(index)}.xml`, contents }));
  const { errors } = await validateXML({ xml, schema });
  return errors.map(({ rawMessage }) => rawMessage);
}

const leadId = "0143aaaa-bbbb-8ccc-8ddd-eeeeeeeeeeee";
const vendor = {
  id: "7b1f0000-0000-4000-8000-000000000000",
  name: "Garage Ünïque & Fils",
  email: "crm@garage.example",
};
const options = { vendor, url: "https://leads.example.fr", resend: false };

const lead = (change: Partial<AdfLead> = {}): AdfLead => ({
  id: leadId,
  product: { id: "NEW_CAR" },
  submittedAt: "2026-11-26T08:30:00.000Z",
  answers: [],
  place: { postcode: "69003", commune: { name: "Lyon", departement: "69" } },
  contact: {
    civility: "MADAME",
    firstName: "Zélie",
    lastName: "Œuvrard",
    phone: "+33612345678",
    email: "zelie@exemple.example",
    street: null,
    postcode: "69003",
    city: "Lyon",
    channels: ["PHONE", "SMS", "EMAIL"],
  },
  withheld: [{ field: "contact.street", reason: "NOT_NEEDED_FOR_PRODUCT" }],
  consentReceipt: { givenAt: "2026-11-26T08:29:00.000Z" },
  ...change,
});

const fieldsOf = (product: string): readonly FormField[] => {
  const found = products.find(({ id }) => id === product);
  if (!found) throw new Error(product);
  return found.form.fields;
};

const answersTo = (product: string, values: Readonly<Record<string, AnswerValue>>): AdfAnswer[] =>
  fieldsOf(product).flatMap(({ id, label, type }) => {
    const value = values[id];
    return value === undefined ? [] : [{ field: id, label: label.FR, type, value }];
  });

const of = (
  product: string,
  values: Readonly<Record<string, AnswerValue>>,
  change: Partial<AdfLead> = {},
): string =>
  adfOf(lead({ product: { id: product }, answers: answersTo(product, values), ...change }), options);

const decode = (xml: string): string =>
  xml.replace(
    /&(lt|gt|quot|apos|amp);/g,
    (_all, name: string) => ({ lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" })[name] ?? "",
  );
/** The decoded content of every element with this name. */
const all = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`, "g"))].map(([, content = ""]) =>
    decode(content),
  );
const comments = (xml: string): string => all(xml, "comments").at(-1) ?? "";
const vehicles = (xml: string): string[] => xml.match(/<vehicle[ >][^]*?<\/vehicle>/g) ?? [];
const opening = (vehicle = ""): string => vehicle.slice(0, vehicle.indexOf(">") + 1);

describe("an ADF document", () => {
  it("contains the lead, the time with its offset, the vendor, the provider and the person", async () => {
    const xml = adfOf(lead(), options);
    expect(await faultsOf(xml)).toEqual([]);
    expect(xml.split("\n").slice(0, 3)).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<?adf version="1.0"?>',
      "<adf>",
    ]);
    expect(xml).toContain(`<id sequence="1" source="CarAtlas">${leadId}</id>`);
    expect(all(xml, "requestdate")).toEqual(["2026-11-26T09:30:00+01:00"]);
    expect(all(xml, "vendorname")).toEqual(["Garage Ünïque & Fils"]);
    expect(all(xml, "service")).toEqual(["Voiture neuve"]);
    expect(all(xml, "name")).toEqual(["Zélie", "Œuvrard", "Garage Ünïque & Fils", "CarAtlas"]);
    expect(xml).toContain('<phone type="cellphone">+33612345678</phone>');
    expect(all(xml, "email")).toEqual(["zelie@exemple.example", "crm@garage.example"]);
    expect(comments(xml)).toContain("MOYENS DE CONTACT ACCEPTÉS : appel, SMS, e-mail. Aucun autre.");
  });

  it("is marked as a resend when it was sent before", () => {
    expect(adfOf(lead(), options)).toContain('<prospect status="new">');
    expect(adfOf(lead(), { ...options, resend: true })).toContain('<prospect status="resend">');
  });

  it("has the right interest for every product, and none where ADF has no fitting value", async () => {
    const trade = {
      make: "RENAULT",
      model: "Clio IV",
      energy: "DIESEL",
      firstRegisteredYear: 2016,
      mileageKm: 98_000.4,
      condition: "GOOD",
      horizon: "NOW",
    };
    const car = {
      make: "OTHER",
      model: "Simca 1000",
      energy: "PETROL",
      firstRegisteredYear: 1971,
      use: "PRIVATE",
      yearsLicensed: 3,
      cover: "THIRD_PARTY",
      startsOn: "2027-01-01",
    };
    const documents = {
      new: of("NEW_CAR", { makes: ["RENAULT"], budgetEuros: 28_000, financing: "CASH", horizon: "NOW" }),
      newLeased: of("NEW_CAR", { budgetEuros: 28_000, financing: "LONG_TERM_RENTAL", horizon: "NOW" }),
      used: of("USED_CAR", { budgetEuros: 9_000, horizon: "LATER", maxMileageKm: 80_000 }),
      lease: of("LONG_TERM_LEASE", {
        holder: "PRIVATE",
        monthlyBudgetEuros: 300,
        downPaymentEuros: 0.5,
        duration: "MONTHS_36",
        kmPerYear: 10_000,
        horizon: "NOW",
      }),
      sold: of("TRADE_IN", { ...trade, replacement: "NONE" }),
      traded: of("TRADE_IN", { ...trade, replacement: "USED" }),
      insured: of("CAR_INSURANCE", car),
    };
    expect(await faultsOf(...Object.values(documents))).toEqual([]);
    expect(
      Object.fromEntries(Object.entries(documents).map(([name, xml]) => [name, vehicles(xml).map(opening)])),
    ).toEqual({
      new: ['<vehicle interest="buy" status="new">'],
      newLeased: ['<vehicle interest="lease" status="new">'],
      used: ['<vehicle interest="buy" status="used">'],
      lease: ['<vehicle interest="lease" status="new">'],
      sold: ['<vehicle interest="sell" status="used">'],
      traded: ['<vehicle interest="buy" status="used">', '<vehicle interest="trade-in" status="used">'],
      insured: ['<vehicle status="used">'],
    });
    expect(comments(documents.insured)).toMatch(/^DEMANDE D'ASSURANCE AUTO/);
    expect(documents.insured).toContain("<earliestdate>2027-01-01</earliestdate>");
    expect(documents.sold).toContain('<odometer status="unknown" units="km">98000</odometer>');
    expect(all(documents.sold, "make")).toEqual(["Renault"]);
    expect(all(documents.sold, "year")).toEqual(["2016"]);
    // The person's budget is a limit, and never the price or the condition of a vehicle.
    expect(documents.used).not.toMatch(/<price>|<odometer|<finance/);
    expect(all(documents.used, "pricecomments")).toEqual([
      "Budget au plus, toutes taxes comprises : 9000 EUR",
    ]);
    expect(documents.new).toContain('<amount type="total" limit="maximum" currency="EUR">28000</amount>');
    expect(documents.lease).toContain(
      '<amount type="downpayment" limit="maximum" currency="EUR">0.50</amount>',
    );
  });

  it("lists each make that the person considers, and marks open values", () => {
    const xml = of("NEW_CAR", {
      makes: ["CITROEN", "SKODA"],
      model: "C3 ou Fabia",
      budgetEuros: 20_000,
      horizon: "NOW",
    });
    expect(all(xml, "make")).toEqual(["Citroën", "Škoda"]);
    expect(all(xml, "model")).toEqual(["Voir les commentaires", "Voir les commentaires"]);
    expect(all(xml, "comments")[0]).toContain("Modèle souhaité, toutes marques : C3 ou Fabia");
    const open = of("NEW_CAR", { budgetEuros: 20_000, horizon: "NOW" });
    expect([...all(open, "make"), ...all(open, "model")]).toEqual(["Sans préférence", "Sans préférence"]);
    // The year of the request in Paris, where the new year has already begun.
    const newYear = of("NEW_CAR", {}, { submittedAt: "2026-12-31T23:30:00.000Z" });
    expect(all(newYear, "year")).toEqual(["2027"]);
  });

  it.each<[string, ContactChannel[], RegExp | null]>([
    ["e-mail only", ["EMAIL"], null],
    ["SMS only", ["SMS"], /Ne pas appeler : le numéro n'est donné que pour des SMS\./],
    ["calls only", ["PHONE"], /Pas de SMS : le numéro n'est donné que pour des appels\./],
  ])("contains only the contact data that consent allows: %s", async (_what, channels, warning) => {
    const byMail = channels.includes("EMAIL");
    const contact = { ...lead().contact, channels, ...(byMail ? { phone: null } : { email: null }) };
    const withheld = [{ field: byMail ? "contact.phone" : "contact.email", reason: "CHANNEL_NOT_CONSENTED" }];
    const xml = adfOf(lead({ contact, withheld }), options);
    expect(await faultsOf(xml)).toEqual([]);
    expect(xml.includes("<phone")).toBe(!byMail);
    expect(xml.includes("zelie@exemple.example")).toBe(byMail);
    expect(comments(xml)).toContain(`Non transmis, faute d'accord : ${byMail ? "téléphone" : "e-mail"}.`);
    if (warning) expect(comments(xml)).toMatch(warning);
    else expect(comments(xml)).not.toMatch(/Ne pas appeler|Pas de SMS/);
  });

  it("is refused for a person without e-mail and phone", () => {
    const contact = { ...lead().contact, phone: null, email: null };
    expect(() => adfOf(lead({ contact }), options)).toThrow("cannot be written");
  });

  it("does not contain the price of the lead", () => {
    const xml = adfOf({ ...lead(), priceCents: 4_321, seat: 1 } as AdfLead, options);
    expect(xml).not.toContain("4321");
    expect(xml).not.toContain("43.21");
  });
});

/** Characters that are critical in XML, in a header or in a terminal. */
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    maxLength: 40,
  }),
  fc.constantFrom(
    "]]>",
    "<!--",
    "-->",
    "&amp;",
    "&#0;",
    "<?adf?>",
    "</comments><comments>",
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>",
    "\u0000\u0001\u000b\u001b[31m",
    "\uD800",
    "\uDC00x",
    "\uFFFE\uFFFF",
    "\r\n\tœuvre",
    "&b;",
    "'\"",
    "\u{1F697}",
    "\u202Egnp.exe",
  ),
);

const optionsOf = ({ options = [] }: FormField): string[] => options.map(({ value }) => value);
const numberFor = ({ min = 0, max = 1e6 }: FormField): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true }).map((number) => number + 0);

const valueFor = (field: FormField): fc.Arbitrary<AnswerValue> => {
  const values = optionsOf(field);
  switch (field.type) {
    case "CHOICE":
      return fc.constantFrom(...values);
    case "MULTICHOICE":
      return fc.subarray(values, { minLength: 1 });
    case "NUMBER":
      return numberFor(field);
    case "BOOLEAN":
      return fc.boolean();
    case "DATE":
      return fc
        .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
        .map((day) => day.toISOString().slice(0, 10));
    case "TEXT":
      return hostile;
  }
};

/** Answers to every required field and to any of the others. */
const anyAnswers = (product: string): fc.Arbitrary<AdfAnswer[]> =>
  fc
    .record(Object.fromEntries(fieldsOf(product).map((field) => [field.id, valueFor(field)])), {
      requiredKeys: fieldsOf(product)
        .filter(({ required }) => required)
        .map(({ id }) => id),
    })
    .map((values) => answersTo(product, values));

const anyLead = (product: string): fc.Arbitrary<AdfLead> =>
  fc
    .record({
      answers: anyAnswers(product),
      texts: fc.tuple(hostile, hostile, hostile, hostile, hostile, hostile),
      channels: fc.subarray<ContactChannel>(["PHONE", "SMS", "EMAIL"], { minLength: 1 }),
    })
    .map(({ answers, texts, channels }) => {
      const [firstName, lastName, street, city, name, mail] = texts;
      const { contact, place } = lead();
      const seen = {
        email: channels.includes("EMAIL") ? `a${mail}@b.example` : null,
        phone: channels.join() === "EMAIL" ? null : contact.phone,
      };
      return lead({
        product: { id: product },
        answers,
        place: { ...place, commune: { name, departement: "69" } },
        contact: { ...contact, ...seen, firstName, lastName, street, city, channels },
      });
    });

/** The production Char of XML 1.0, without the carriage return, which becomes a line feed. */
const isWritable = (one: string): boolean => {
  const code = one.codePointAt(0) ?? 0;
  const among = (from: number, to: number): boolean => code >= from && code <= to;
  return [9, 10].includes(code) || among(0x20, 0xd7ff) || among(0xe000, 0xfffd) || among(0x10000, 0x10ffff);
};

describe("any ADF document", () => {
  it.each(products.map(({ id }) => id))(
    "is valid for %s, whatever the answers and the names",
    async (product) => {
      const documents = fc.sample(anyLead(product), 30).map((one) => adfOf(one, options));
      expect(await faultsOf(...documents)).toEqual([]);
    },
    30_000,
  );

  it("contains the text as written, without characters that XML does not allow", () => {
    fc.assert(
      fc.property(hostile, (comment) => {
        const xml = adfOf(
          lead({ answers: [{ field: "comment", label: "Précisions", type: "TEXT", value: comment }] }),
          options,
        );
        const kept = Array.from(comment.replaceAll(/\r\n?/g, "\n")).filter(isWritable).join("");
        expect(comments(xml)).toMatch(new RegExp(`^Précisions : `, "m"));
        expect(comments(xml).endsWith(`Précisions : ${kept}`)).toBe(true);
        expect(xml.match(/<comments>/g)).toHaveLength(2);
      }),
    );
  });

  it("is reported as invalid by the schema when it is", async () => {
    const good = adfOf(lead(), options);
    const broken = [
      good.replace(/<year>.*<\/year>/, ""),
      good.replace('interest="buy"', 'interest="insure"'),
      good.replace("+01:00", ""),
      good.replace(/(<make>.*<\/make>)\s*(<model>.*<\/model>)/, "$2$1"),
      good.replace(/<phone .*<\/phone>/, "").replace(/<email>zelie.*<\/email>/, ""),
      good.replace("Zélie", "\u0001"),
    ];
    const faulty = (await faultsOf(good, ...broken)).flatMap((fault) => /^(\d+)\.xml/.exec(fault)?.[1] ?? []);
    expect([...new Set(faulty)].sort()).toEqual(broken.map((_one, index) => String(index + 1)));
  });
});
