/** The message that reports a payment obeys every rule, and every rule is shown to find a message that breaks it. */
import fc from "fast-check";
import { brokenCdarRules, cdarRules } from "../../../test/support/cdar-rules";
import { readMessages } from "./cdar";
import { collectedMessage, type Collected } from "./collected-message";

const seller = { siren: "000000018", name: "CarAtlas", address: { scheme: "0225", value: "000000018" } };
const buyer = { siren: "000000026", name: "Garage", address: { scheme: "0225", value: "000000026" } };
const collected: Collected = {
  ...{ id: "0143a0b0-0000-8000-8000-000000000001", document: "F2026-000001", type: "380" },
  ...{ issuedOn: "2026-11-30", seller, buyer, at: new Date("2026-12-01T09:30:00Z") },
  amounts: [{ cents: 12_000, rateBasisPoints: 2000 }],
};
const message = collectedMessage(collected);

describe("the message that reports a payment", () => {
  it.each<[string, Partial<Collected>]>([
    ["a payment", {}],
    ["a payment that was taken back", { amounts: [{ cents: -12_000, rateBasisPoints: 2000 }] }],
    ["one cent", { amounts: [{ cents: 1, rateBasisPoints: 850 }] }],
    [
      "several VAT rates",
      {
        amounts: [2000, 1000, 850, 550, 210].map((rateBasisPoints) => ({ cents: 100, rateBasisPoints })),
      },
    ],
    ["a deposit invoice", { document: "D2026-000001", type: "386" }],
    ["a credit note", { document: "A2026-000001", type: "381" }],
    ["a credit note for a deposit", { document: "A2026-000001", type: "503" }],
    [
      "the address of a platform, instead of a SIREN",
      { buyer: { ...buyer, address: { scheme: "0225", value: "000000026_ACHATS" } } },
    ],
    ["a name with characters of XML", { buyer: { ...buyer, name: "A & B <\"'>" } }],
  ])("obeys every rule: %s", (_, change) => {
    expect(brokenCdarRules(collectedMessage({ ...collected, ...change }))).toEqual([]);
  });

  it("has local times, and is dated when the payment was found", () => {
    const at = new Date("2026-07-31T22:30:00Z");
    const xml = collectedMessage({ ...collected, at });
    expect(xml.match(/<udt:DateTimeString format="204">\d+</g)).toEqual(
      Array<string>(2).fill('<udt:DateTimeString format="204">20260801003000<'),
    );
  });

  it("is read back as it was written, whatever the amount and the names", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000_000, max: 10_000_000 }),
        fc.string({ maxLength: 20 }),
        (cents, name) => {
          const party = { ...buyer, name: `Garage ${name.replaceAll(/\p{C}/gu, "")}` };
          const amounts = [{ cents, rateBasisPoints: 850 }];
          const xml = collectedMessage({ ...collected, buyer: party, amounts });
          expect(brokenCdarRules(xml)).toEqual([]);
          expect(readMessages(xml)).toEqual([
            {
              ...{ document: "F2026-000001", code: "212", at: collected.at },
              ...{ reasonCode: null, reason: null, reasons: [] },
            },
          ]);
          expect(xml).toContain(`>${(cents / 100).toFixed(2)}</ram:ValueAmount>`);
          expect(xml).toContain("<ram:ValuePercent>8.50</ram:ValuePercent>");
        },
      ),
    );
  });
});

/** The message with everything between two texts replaced. */
const put = (from: RegExp | string, to: string, xml = message): string => {
  const changed = xml.replace(from, to);
  if (changed === xml) throw new Error(`There is no ${String(from)} in the message.`);
  return changed;
};
const group = (name: string): RegExp => new RegExp(`<ram:${name}>[\\s\\S]*?</ram:${name}>\\s*`);
const without = (name: string, xml = message): string => put(group(name), "", xml);
/** Replaces the last group of a name, which is the one of the document that the message refers to. */
const putLast = (name: string, to: string): string =>
  put(new RegExp(`^([^]*)<ram:${name}>[^]*?</ram:${name}>`), `$1${to}`);
/** A change inside of a group. */
const inside = (name: string, change: (group: string) => string, xml = message): string => {
  const [found = ""] = group(name).exec(xml) ?? [];
  return put(found, change(found), xml);
};
const refused = (reasons: string): string =>
  without("SpecifiedDocumentCharacteristic", put(">212<", ">210<")).replace(
    "<ram:SequenceNumeric>",
    `${reasons}<ram:SequenceNumeric>`,
  );
const reasonCode = (code: string): string => `<ram:ReasonCode>${code}</ram:ReasonCode>`;
const issuerInRole = (role: string): string =>
  `<ram:IssuerTradeParty><ram:GlobalID schemeID="0002">000000018</ram:GlobalID><ram:RoleCode>${role}</ram:RoleCode></ram:IssuerTradeParty>`;
/** As platforms write it: the issuer is a platform, without an id. */
const transmitted = put(
  ">23<",
  ">305<",
  put(
    ">47<",
    ">10<",
    inside(
      "IssuerTradeParty",
      () => "<ram:IssuerTradeParty><ram:RoleCode>WK</ram:RoleCode></ram:IssuerTradeParty>",
      inside("SenderTradeParty", (sender) => sender.replace(">SE<", ">WK<")),
    ),
  ),
);

const broken: Readonly<Record<string, string>> = {
  "BR-FR-01": put(">F2026-000001<", `>F${"0".repeat(35)}<`),
  "BR-FR-02": put(">F2026-000001<", ">F2026 000001<"),
  "BR-FR-03": put(">20261130<", ">20261131<"),
  "BR-FR-04": put(">380<", ">999<"),
  "BR-FR-CDV-01": without("GuidelineSpecifiedDocumentContextParameter"),
  "BR-FR-CDV-02": put(">urn.cpro.gouv.fr:1p0:CDV:invoice<", ">urn.cpro.gouv.fr:1p0:CDV:einvoicingF2<"),
  "BR-FR-CDV-03": put(/<ram:ID>LC-.*<\/ram:ID>/, ""),
  "BR-FR-CDV-04": without("IssueDateTime"),
  "BR-FR-CDV-05": without("SenderTradeParty"),
  "BR-FR-CDV-06": inside("SenderTradeParty", (sender) => sender.replace(/<ram:RoleCode>.*/, "")),
  "BR-FR-CDV-07": inside("IssuerTradeParty", (issuer) => issuer.replace(/<ram:GlobalID.*/, "")),
  "BR-FR-CDV-08": inside("RecipientTradeParty", (recipient) =>
    recipient.replace(group("URIUniversalCommunication"), ""),
  ),
  "BR-FR-CDV-09": put(">23<", ">24<"),
  "BR-FR-CDV-10": put(/<ram:IssuerAssignedID>.*/, ""),
  "BR-FR-CDV-11": without("FormattedIssueDateTime"),
  "BR-FR-CDV-12": put(/<ram:ProcessConditionCode>.*/, ""),
  "BR-FR-CDV-13": putLast("IssuerTradeParty", ""),
  "BR-FR-CDV-14": put(/<ram:ValuePercent>.*/, ""),
  "BR-FR-CDV-15": refused(""),
  "BR-FR-CDV-16": put(/<ram:SequenceNumeric>.*/, ""),
  "BR-FR-CDV-CL-01": put(">REGULATED<", ">S1<"),
  "BR-FR-CDV-CL-02": inside("SenderTradeParty", (sender) => sender.replace(">SE<", ">DFH<")),
  "BR-FR-CDV-CL-03": inside("IssuerTradeParty", (issuer) => issuer.replace(">SE<", ">WK<")),
  "BR-FR-CDV-CL-04": inside("RecipientTradeParty", (recipient) => recipient.replace(">BY<", ">XX<")),
  "BR-FR-CDV-CL-05": put(">47<", ">10<"),
  "BR-FR-CDV-CL-06": put(">212<", ">299<"),
  "BR-FR-CDV-CL-07": putLast("IssuerTradeParty", issuerInRole("BY")),
  "BR-FR-CDV-CL-08": put(
    "<ram:SpecifiedDocumentStatus>",
    "<ram:RecipientTradeParty><ram:RoleCode>XX</ram:RoleCode></ram:RecipientTradeParty><ram:SpecifiedDocumentStatus>",
  ),
  "BR-FR-CDV-CL-09": refused(reasonCode("ROUTAGE_ERR")),
  "BR-FR-CDV-CL-10": put(
    "<ram:SequenceNumeric>",
    "<ram:RequestedActionCode>XXX</ram:RequestedActionCode><ram:SequenceNumeric>",
  ),
  "BR-FR-CDV-CL-11": put(
    "</ram:SpecifiedDocumentStatus>",
    "<ram:SpecifiedDocumentCharacteristic><ram:TypeCode>XXX</ram:TypeCode></ram:SpecifiedDocumentCharacteristic></ram:SpecifiedDocumentStatus>",
  ),
  XSD: put(/(<ram:ValueAmount.*)\s*(<ram:ValuePercent>.*)/, "$2$1"),
};

describe("the rules of a life-cycle message", () => {
  it("each have a message that breaks them", () => {
    expect(Object.keys(broken).sort()).toEqual(Object.keys(cdarRules).sort());
  });

  it.each(Object.keys(broken))("find what breaks %s", (rule) => {
    expect(brokenCdarRules(broken[rule] ?? "")).toContain(rule);
  });

  it("allow a refusal with its reason, and the phase in which platforms transmit a message", () => {
    expect(brokenCdarRules(refused(reasonCode("TX_TVA_ERR")))).toEqual([]);
    expect(brokenCdarRules(transmitted)).toEqual([]);
  });

  it("hold in the phase of transmission, too", () => {
    const withId = put(
      "<ram:RoleCode>WK</ram:RoleCode></ram:IssuerTradeParty>",
      '<ram:GlobalID schemeID="0002">000000018</ram:GlobalID><ram:RoleCode>WK</ram:RoleCode></ram:IssuerTradeParty>',
      transmitted,
    );
    expect(brokenCdarRules(withId)).toEqual(["BR-FR-CDV-07"]);
    expect(brokenCdarRules(put(">10<", ">47<", transmitted))).toEqual(["BR-FR-CDV-CL-05"]);
    expect(
      brokenCdarRules(inside("SenderTradeParty", (one) => one.replace(">WK<", ">SE<"), transmitted)),
    ).toEqual(["BR-FR-CDV-CL-02"]);
  });

  it("do not ask a platform or the portal for an address", () => {
    const toPlatform = inside("RecipientTradeParty", (recipient) =>
      recipient.replace(group("URIUniversalCommunication"), "").replace(">BY<", ">WK<"),
    );
    expect(brokenCdarRules(toPlatform)).toEqual([]);
  });
});
