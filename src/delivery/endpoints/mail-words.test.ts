import { randomBytes, randomUUID } from "node:crypto";
import fc from "fast-check";
import { feedKinds } from "../../account/feed";
import { adfOptionsFault } from "./adf-options";
import { isMailAddress, mailAddressFault } from "../../shared/mail-address";
import { ringOf } from "../../platform/sealed/key-ring";
import type { FeedEventFacts } from "./mail-facts";
import type { MailLinks } from "./mail-text";
import { eventMailOf, testMail } from "./mail-words";
import { RevocationTokens } from "./revocation-token.service";
import { typeNameOf } from "./webhook";

const links: MailLinks = {
  lead: (id) => `https://leads.example/demande-recue#${id}`,
  acknowledge: (id) => `https://leads.example/retrait#ca_retrait_${id}`,
};
const leadId = "0143aaaa-bbbb-8ccc-8ddd-eeeeeeeeeeee";
const at = "2026-11-26T08:30:00.000Z";
const lead = (name: string) => ({
  product: { label: "Voiture neuve" },
  campaign: { name },
  place: { commune: { departement: "2A" } },
});

/** Events with personal data that no mail may contain, so that the test proves the texts and not the selection. */
const events = (name: string): FeedEventFacts[] =>
  [
    { __typename: "LeadMatched", at, leadId, lead: { ...lead(name), contact: { lastName: "CANARY" } } },
    {
      __typename: "LeadUpdated",
      at,
      leadId,
      changed: ["contact.phone"],
      lead: { ...lead(name), contact: "CANARY" },
    },
    { __typename: "LeadRevoked", at, leadId, reason: "ERASED", acknowledgeBy: at, person: "CANARY" },
    {
      __typename: "CapReached",
      at,
      campaign: { name },
      cap: { unit: "SPEND_CENTS", period: "DAY", limit: 12_050 },
      resetsAt: at,
    },
    { __typename: "EndpointPaused", at, endpointId: leadId, pauseReason: "FAILING" },
    { __typename: "ReturnPending", at, leadId, decideBy: at },
    {
      ...{
        __typename: "AccountNotice",
        at,
        noticeKind: "INVOICE_OVERDUE",
        text: "Facture F2026-000001 en retard.",
      },
      ...{ amountCents: 12_000, indemnityCents: 4_000, interestCents: 12 },
    } as const,
    { __typename: "ReturnDecided", at, leadId, accepted: true, creditedCents: 3_000, explanation: "CANARY" },
    { __typename: "ReturnDecided", at, leadId, accepted: false, creditedCents: 0, explanation: null },
    { __typename: "FeedGap", at, droppedBefore: at },
  ] as unknown as FeedEventFacts[];

it("describes each event in both languages, with the right link and without personal data", () => {
  const mails = events("Neuves Lyon").map((event) => eventMailOf(event, links));
  expect(mails.map((mail) => mail?.subject)).toEqual([
    "Nouvelle demande : Voiture neuve, département 2A – CarAtlas",
    "Une demande a changé : moins de moyens de contact – CarAtlas",
    "À effacer : votre droit d'utiliser une demande a pris fin – CarAtlas",
    "Plafond atteint : Neuves Lyon – CarAtlas",
    "Un envoi vers vos outils est arrêté – CarAtlas",
    "Retour reçu : il attend une décision – CarAtlas",
    "Une facture est en retard de paiement – CarAtlas",
    "Retour accepté : 30.00 EUR – CarAtlas",
    "Retour refusé – CarAtlas",
    "Des événements anciens ne vous ont pas été envoyés – CarAtlas",
  ]);
  expect(new Set(events("x").map((event) => event.__typename))).toEqual(new Set(feedKinds.map(typeNameOf)));
  for (const mail of mails) {
    expect(mail?.text.split("-- English --")).toHaveLength(2);
    expect(JSON.stringify(mail)).not.toContain("CANARY");
  }
  expect(mails[0]?.text).toContain(links.lead(leadId));
  expect(mails[2]?.text).toContain(`${links.acknowledge(leadId, new Date(at))}\n`);
  expect(mails[2]?.text).toContain("avant le 26/11/2026 09:30 (Paris)");
  expect(mails[3]?.text).toContain("120.50 EUR, par jour");
  expect(testMail.text).toContain("ne correspond à aucune demande");
});

it("writes no mail about a lead that was revoked", () => {
  for (const event of events("x").slice(0, 2)) {
    expect(eventMailOf({ ...event, lead: null } as FeedEventFacts, links)).toBeNull();
  }
});

it("keeps the subject on one line, whatever the campaign's name contains", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (name) => {
      for (const event of events(name))
        expect(eventMailOf(event, links)?.subject).not.toMatch(/[\r\n\u2028\u2029\0]/);
    }),
    { numRuns: 40 },
  );
});

it("accepts plain addresses, and nothing that could be read as several", () => {
  for (const good of [
    "contact@garage.example",
    "o'neil+crm@sous.domaine.example",
    "a@xn--garage-gua.example",
  ])
    expect([good, mailAddressFault(good)]).toEqual([good, null]);
  const bad = [
    "",
    "a",
    "a@b",
    "a@b.c.1",
    "a@-b.example",
    "a..b@c.example",
    ".a@c.example",
    "a@c.example.",
    '"a b"@c.example',
  ];
  for (const one of bad) expect([one, isMailAddress(one)]).toEqual([one, false]);
  expect(isMailAddress(`${"a".repeat(65)}@c.example`)).toBe(false);
  fc.assert(
    fc.property(
      fc.string({ maxLength: 20 }),
      fc.constantFrom("\r", "\n", "\0", ",", ";", "<", ">", " ", "\t", '"', "é", "\u2028", "@"),
      (text, odd) => {
        for (const one of [`a${odd}${text}@b.example`, `a@b.example${odd}${text}`, `${odd}a@b.example`])
          expect(isMailAddress(one)).toBe(false);
      },
    ),
  );
});

it("requires revocationEmail for every ADF endpoint and refuses unknown options", () => {
  const revocationEmail = "dpo@garage.example";
  expect(adfOptionsFault("ADF_MAIL", { revocationEmail })).toBeNull();
  expect(adfOptionsFault("ADF_HTTP", { revocationEmail, contentType: "application/xml" })).toBeNull();
  expect(adfOptionsFault("ADF_HTTP", {})).toContain("revocationEmail is missing");
  expect(adfOptionsFault("ADF_HTTP", { revocationEmail: "a,b@c.example" })).toContain(
    "one plain e-mail address",
  );
  expect(adfOptionsFault("ADF_HTTP", { revocationEmail, contentType: "text/xml" })).toContain(
    "contentType is one of",
  );
  expect(adfOptionsFault("ADF_MAIL", { revocationEmail, contentType: "text/plain" })).toContain(
    "options takes",
  );
});

describe("the token of an acknowledge link", () => {
  const tokens = new RevocationTokens(ringOf(randomBytes(32)));
  const expiresAt = new Date("2026-12-31T00:00:00Z");
  const link = { endpointId: randomUUID(), supplierId: randomUUID(), leadId, expiresAt };
  const before = new Date(expiresAt.getTime() - 1);

  it("opens to its content until it expires, and with no other key", () => {
    const token = tokens.write(link);
    expect(tokens.read(token, before)).toEqual(link);
    expect(tokens.read(token, expiresAt)).toBeNull();
    expect(new RevocationTokens(ringOf(randomBytes(32))).read(token, before)).toBeNull();
    for (const id of [link.endpointId, link.supplierId, leadId]) {
      const bytes = Buffer.from(token.slice("ca_retrait_k1.".length), "base64url");
      expect(bytes.includes(Buffer.from(id.replaceAll("-", ""), "hex"))).toBe(false);
    }
  });

  it("is refused with a single character changed, added or removed", () => {
    const token = tokens.write(link);
    fc.assert(
      fc.property(fc.nat({ max: token.length - 1 }), fc.constantFrom(..."Aa0-_=. "), (index, character) => {
        const changed = token.slice(0, index) + character + token.slice(index + 1);
        expect(tokens.read(changed, before)).toEqual(changed === token ? link : null);
        expect(tokens.read(token.slice(0, index) + character + token.slice(index), before)).toBeNull();
        expect(tokens.read(token.slice(0, index) + token.slice(index + 1), before)).toBeNull();
      }),
    );
  });
});
