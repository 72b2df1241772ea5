/** An invented document of each kind, and checks of its XML against the norm and the French rules. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { validateXML } from "xmllint-wasm";
import type { BillingDocument } from "../../src/billing/documents";

export const aDocument = (change: Partial<BillingDocument> = {}): BillingDocument => ({
  kind: "INVOICE",
  name: "F2026-000001",
  issuedOn: "2026-12-01",
  dueOn: "2026-12-31",
  treatment: "STANDARD",
  lines: [
    { label: "Voiture neuve & occasion", quantity: 3, unitCents: 2500, netCents: 7500 },
    { label: "Assurance auto", quantity: 1, unitCents: 999, netCents: 999 },
  ],
  netCents: 8499,
  vatCents: 1700,
  period: { from: "2026-11-02", to: "2026-11-30" },
  advances: [],
  corrects: [],
  seller: {
    name: "CarAtlas Essai SAS",
    legalForm: "SAS au capital de 10 000 €",
    siren: "000000018",
    register: "RCS Essai",
    vatNumber: "FR66000000018",
    street: "1 rue de l'Essai",
    postcode: "75000",
    city: "Essai",
    iban: "FR7600000000000000000000097",
  },
  buyer: {
    supplierId: "00000000-0000-4000-8000-000000000002",
    name: "Garage <Essai>",
    siren: "000000026",
    vatNumber: "FR90000000026",
    street: "2 rue de l'Essai",
    postcode: "69000",
    city: "Essai",
    country: "FR",
    purchaseOrder: "BC-7",
  },
  language: "FR",
  onDebits: false,
  latePenaltyBasisPoints: 1240,
  ...change,
});

const advance = { name: "D2026-000004", issuedOn: "2026-11-03", netCents: 8499, vatCents: 1700 };

/** One document of every kind that CarAtlas issues. */
export const documentsOfEachKind = {
  invoice: aDocument(),
  "invoice in English, on debits": aDocument({ language: "EN", onDebits: true }),
  "final invoice of deposits": aDocument({
    dueOn: null,
    advances: [advance, { ...advance, name: "D2026-000005" }],
  }),
  "invoice partly paid by a deposit": aDocument({ advances: [{ ...advance, netCents: 500, vatCents: 100 }] }),
  "deposit invoice": aDocument({
    ...{ kind: "DEPOSIT", name: "D2026-000001", dueOn: null, period: null, paidOn: "2026-11-27" },
  }),
  "deposit invoice issued before December 2026": aDocument({
    ...{ kind: "DEPOSIT", name: "D2026-000001", dueOn: null, period: null },
  }),
  "credit note for leads": aDocument({
    ...{ kind: "CREDIT_NOTE", name: "A2026-000001", dueOn: null },
    corrects: [{ name: "F2026-000001", issuedOn: "2026-11-01" }],
  }),
  "credit note for deposits": aDocument({
    ...{ kind: "CREDIT_NOTE", name: "A2026-000002", dueOn: null, period: null, correctsDeposits: true },
    corrects: [
      { name: "D2026-000001", issuedOn: "2026-11-01" },
      { name: "D2026-000002", issuedOn: "2026-11-03" },
    ],
  }),
  "invoice to Guyane": aDocument({ treatment: "NONE_OVERSEAS", vatCents: 0 }),
  "invoice to La Réunion": aDocument({ treatment: "OVERSEAS", vatCents: 722 }),
  "invoice to Germany": aDocument({ treatment: "REVERSE_CHARGE", vatCents: 0 }),
  "late fees": aDocument({
    ...{ treatment: "PENALTY", vatCents: 0, period: null },
    corrects: [{ name: "F2026-000001", issuedOn: "2026-01-05" }],
  }),
  "invoice to Nouméa": aDocument({ treatment: "OUTSIDE_SCOPE", vatCents: 0 }),
} satisfies Readonly<Record<string, BillingDocument>>;

const folder = path.resolve(__dirname, "../../node_modules/@stackforge-eu/factur-x/schema/en16931");
const schemaName = "FACTUR-X_EN16931";
const parts = ["QualifiedDataType", "ReusableAggregateBusinessInformationEntity", "UnqualifiedDataType"].map(
  (part) => `${schemaName}_${part}_100.xsd`,
);
const file = (name: string) => ({ fileName: name, contents: readFileSync(path.join(folder, name), "utf8") });

/** The violations of the published schema of the norm (Factur-X 1.09, profile EN 16931). */
export async function schemaFaultsIn(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: { fileName: "document.xml", contents: xml },
    schema: file(`${schemaName}.xsd`),
    preload: parts.map(file),
  });
  return errors.map(({ message }) => message);
}
