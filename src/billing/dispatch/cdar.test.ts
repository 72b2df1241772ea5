import { readMessages } from "./cdar";

const messageOf = (references: string, time = "20261201093000"): string => `<?xml version="1.0"?>
<rsm:CrossDomainAcknowledgementAndResponse xmlns:rsm="r" xmlns:ram="a" xmlns:udt="u">
  <rsm:ExchangedDocument><ram:IssueDateTime><udt:DateTimeString format="204">${time}</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
  <rsm:AcknowledgementDocument>${references}</rsm:AcknowledgementDocument>
</rsm:CrossDomainAcknowledgementAndResponse>`;
const referenceOf = (details: string, document = "F2026-000001", code = "210"): string =>
  `<ram:ReferenceReferencedDocument><ram:IssuerAssignedID>${document}</ram:IssuerAssignedID>
   <ram:ProcessConditionCode>${code}</ram:ProcessConditionCode>${details}</ram:ReferenceReferencedDocument>`;
const detail = (inside: string): string =>
  `<ram:SpecifiedDocumentStatus>${inside}</ram:SpecifiedDocumentStatus>`;
const reason = (code: string | null, text: string | null) => ({ code, text, actionCode: null, action: null });

describe("a life-cycle message that comes in", () => {
  it("keeps all reasons of all its status details, in their order", () => {
    const xml = messageOf(
      referenceOf(
        detail(
          `<ram:ReasonCode>TX_TVA_ERR</ram:ReasonCode><ram:Reason>Le taux est de 8,5&#160;%</ram:Reason>
           <ram:RequestedActionCode>NIN</ram:RequestedActionCode><ram:RequestedAction>Refaire</ram:RequestedAction>
           <ram:IncludedNote><ram:Content>Voir le contrat</ram:Content></ram:IncludedNote>`,
        ) +
          detail(
            `<ram:ReasonCode>CMD_ERR</ram:ReasonCode><ram:ReasonCode>ADR_ERR</ram:ReasonCode>
             <ram:Reason>Commande</ram:Reason>`,
          ) +
          detail("<ram:Reason>Sans code</ram:Reason>") +
          detail("<ram:SequenceNumeric>4</ram:SequenceNumeric>"),
      ),
    );
    expect(readMessages(xml)).toEqual([
      {
        ...{ document: "F2026-000001", code: "210", at: new Date("2026-12-01T08:30:00Z") },
        ...{ reasonCode: "TX_TVA_ERR", reason: "Le taux est de 8,5\u00a0%" },
        reasons: [
          {
            ...{ code: "TX_TVA_ERR", text: "Le taux est de 8,5\u00a0%" },
            ...{ actionCode: "NIN", action: "Refaire" },
          },
          reason(null, "Voir le contrat"),
          reason("CMD_ERR", "Commande"),
          reason("ADR_ERR", null),
          reason(null, "Sans code"),
        ],
      },
    ]);
  });

  it("may be about several documents, and repeat one of them", () => {
    const one = referenceOf(detail("<ram:ReasonCode>CMD_ERR</ram:ReasonCode>"));
    const again = referenceOf(detail("<ram:Reason>Adresse</ram:Reason>"));
    const other = referenceOf("", "F2026-000002", "205");
    expect(readMessages(messageOf(one + other + again))).toMatchObject([
      {
        ...{ document: "F2026-000001", reasonCode: "CMD_ERR", reason: "Adresse" },
        reasons: [reason("CMD_ERR", null), reason(null, "Adresse")],
      },
      { document: "F2026-000002", code: "205", reasonCode: null, reason: null, reasons: [] },
    ]);
  });

  it.each([
    ["20261201001500", "2026-11-30T23:15:00.000Z"],
    ["20260801001500", "2026-07-31T22:15:00.000Z"],
    ["2026-12-01T00:15:00Z", "2026-12-01T00:15:00.000Z"],
  ])("has a time of Paris unless it gives an offset: %s", (time, instant) => {
    expect(readMessages(messageOf(referenceOf(""), time))[0]?.at.toISOString()).toBe(instant);
  });

  it("has reasons that the database can store", () => {
    const xml = messageOf(referenceOf(detail("<ram:Reason>A&#0;B&#x1F;&#xD800;C\u0007D</ram:Reason>")));
    expect(readMessages(xml)[0]?.reason).not.toMatch(/[\p{Cc}\p{Cs}]/u);
  });

  it.each([
    ["empty", ""],
    ["another document", "<Invoice><ID>1</ID></Invoice>"],
    [
      "without a status",
      "<CrossDomainAcknowledgementAndResponse><AcknowledgementDocument/></CrossDomainAcknowledgementAndResponse>",
    ],
    ["without a document", messageOf("<ram:TypeCode>23</ram:TypeCode>")],
    ["without a time", messageOf(referenceOf(""), "20261301093000")],
    ["with a document type", '<!DOCTYPE a [<!ENTITY b "c">]><CrossDomainAcknowledgementAndResponse/>'],
  ])("is rejected when the XML is %s", (_, xml) => {
    expect(() => readMessages(xml)).toThrow("a life-cycle message");
  });
});
