import { aDocument } from "../../../test/support/documents";
import { brokenFrenchRules } from "../../../test/support/french-rules";
import { ciiOf } from "./cii";
import { contentOf } from "./content";

const { seller, buyer } = aDocument();
const policy = {
  ...{ seller, onDebits: false, latePenaltyBasisPoints: 1240, paymentDays: 30 },
  labelOf: (item: string) => `${item}\ufffe label`,
};
const draft = {
  ...({ kind: "INVOICE", treatment: "STANDARD", netCents: 1000, vatCents: 200, period: null } as const),
  ...{
    advances: [],
    corrects: [],
    lines: [{ item: "NEW_CAR", quantity: 1, unitCents: 1000, netCents: 1000 }],
  },
};

it("freezes no character that XML forbids, whichever text it is in", () => {
  const bad = "\u0000\u0007\ufffe\uffff\ud800";
  const parties = {
    ...({
      buyer: { ...buyer, name: `Ga${bad}rage`, street: `1 rue\nde l'Essai${bad}`, purchaseOrder: bad },
      language: "FR",
    } as const),
    policy: { ...policy, seller: { ...seller, legalForm: `SAS${bad}` } },
  };
  const document = contentOf(draft, { name: "F2026-000001", issuedOn: "2026-12-01" }, parties);
  expect(document).toMatchObject({
    buyer: { name: "Garage", street: "1 rue de l'Essai", purchaseOrder: "" },
    seller: { legalForm: "SAS" },
    lines: [{ label: "NEW_CAR label" }],
  });
  expect(brokenFrenchRules(ciiOf(document))).toEqual({});
});

it("keeps the content as it was composed otherwise", () => {
  const document = contentOf(
    { ...draft, kind: "DEPOSIT", paidOn: "2026-11-30" },
    { name: "D2026-000001", issuedOn: "2026-12-01" },
    { buyer, language: "EN", policy: { ...policy, labelOf: (item) => item } },
  );
  expect(document).toEqual({
    ...{ ...draft, kind: "DEPOSIT", paidOn: "2026-11-30", name: "D2026-000001", issuedOn: "2026-12-01" },
    lines: [{ label: "NEW_CAR", quantity: 1, unitCents: 1000, netCents: 1000 }],
    ...{
      dueOn: null,
      seller,
      buyer,
      language: "EN",
      onDebits: false,
      latePenaltyBasisPoints: 1240,
      layout: 2,
    },
  });
});
