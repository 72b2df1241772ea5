/** The text on the pages of a document, in the document's language. */
import type { DocumentLanguage } from "../../account/suppliers";
import { vatRatesBasisPoints } from "../../account/ledger";
import { countryName } from "../../shared/countries";
import { advancesOf, dueCents, type BillingDocument, type Buyer, type DocumentKind } from "./document";
import { exemptionOf, mentionsOf, percent } from "./mentions";

type Words = Readonly<Record<DocumentLanguage, string>>;

const titles: Readonly<Record<DocumentKind, Words>> = {
  INVOICE: { FR: "Facture", EN: "Invoice" },
  CREDIT_NOTE: { FR: "Avoir", EN: "Credit note" },
  DEPOSIT: { FR: "Facture d'acompte", EN: "Deposit invoice" },
};

export interface PageWords {
  readonly language: DocumentLanguage;
  readonly title: string;
  readonly seller: readonly string[];
  readonly buyer: readonly string[];
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly columns: readonly [string, string, string, string];
  readonly lines: readonly (readonly [string, string, string, string])[];
  readonly totals: readonly (readonly [label: string, value: string])[];
  readonly mentions: readonly string[];
}

export function pageWords(document: BillingDocument): PageWords {
  const { language, kind, name, seller, buyer, lines, treatment } = document;
  const exemption = exemptionOf(treatment, language);
  const mentions = mentionsOf(document).filter(({ code }) => code !== "BAR");
  return {
    language,
    title: `${titles[kind][language]} ${name}`,
    seller: [
      seller.name,
      seller.legalForm,
      ...[seller.street, `${seller.postcode} ${seller.city}`],
      `${seller.register} ${seller.siren}`,
      `${vatNumber[language]} ${seller.vatNumber}`,
    ],
    buyer: [
      buyer.name,
      ...[buyer.street, `${buyer.postcode} ${buyer.city}`, countryOf(document)],
      ...registrationsOf(buyer),
      ...(buyer.vatNumber === null ? [] : [`${vatNumber[language]} ${buyer.vatNumber}`]),
    ],
    facts: factsOf(document),
    columns: columns[language],
    lines: lines.map(({ label, quantity, unitCents, netCents }) => [
      label,
      String(quantity),
      money(unitCents, language),
      money(netCents, language),
    ]),
    totals: totalsOf(document),
    mentions: [...mentions.map(({ text }) => text), ...(exemption === null ? [] : [exemption])],
  };
}

/** Documents of the first layout name the country by its code. */
const countryOf = ({ layout, buyer, language }: BillingDocument): string =>
  layout === 2 ? countryName(buyer.country)[language] : buyer.country;

const registrationsOf = ({ siren, registration }: Buyer): string[] => [
  ...(siren === "" ? [] : [`SIREN ${siren}`]),
  ...(registration == null ? [] : [`${registration.register} ${registration.number}`]),
];

const vatNumber: Words = { FR: "TVA intracommunautaire", EN: "VAT number" };
const columns: Readonly<Record<DocumentLanguage, readonly [string, string, string, string]>> = {
  FR: ["Désignation", "Quantité", "Prix unitaire HT", "Montant HT"],
  EN: ["Description", "Quantity", "Unit price excl. VAT", "Amount excl. VAT"],
};

const corrected: Words = { FR: "Corrige", EN: "Corrects" };
/** Label for the late invoice on an invoice of late fees, and for the credit note on a deposit invoice. */
const about: Words = { FR: "Concerne", EN: "About" };

function factsOf(document: BillingDocument): [string, string][] {
  const { language, issuedOn, dueOn, paidOn, period, corrects, buyer, seller } = document;
  const say = (words: Words): string => words[language];
  const when = (iso: string): string => day(iso, language);
  const references = corrects.map((one) => `${one.name} (${when(one.issuedOn)})`);
  const facts: [Words, string | null][] = [
    [{ FR: "Date", EN: "Date" }, when(issuedOn)],
    [{ FR: "Prestations", EN: "Services" }, period && `${when(period.from)} – ${when(period.to)}`],
    [{ FR: "Échéance", EN: "Due" }, dueOn && when(dueOn)],
    [{ FR: "Payé le", EN: "Paid on" }, paidOn === undefined ? null : when(paidOn)],
    [
      document.kind === "CREDIT_NOTE" ? corrected : about,
      references.length > 0 ? references.join(", ") : null,
    ],
    [{ FR: "Bon de commande", EN: "Purchase order" }, buyer.purchaseOrder],
    [{ FR: "IBAN", EN: "IBAN" }, dueOn && seller.iban],
  ];
  return facts.flatMap(([words, value]) => (value === null ? [] : [[say(words), value]]));
}

function totalsOf(document: BillingDocument): [string, string][] {
  const { language, netCents, vatCents, treatment, advances, kind } = document;
  const say = (words: Words): string => words[language];
  const rate = percent(vatRatesBasisPoints[treatment], language);
  const used = advancesOf(document);
  const usedCents = used.netCents + used.vatCents;
  const names = advances.map(({ name }) => name).join(", ");
  return [
    [say({ FR: "Total HT", EN: "Total excl. VAT" }), money(netCents, language)],
    [say({ FR: `TVA ${rate} %`, EN: `VAT ${rate} %` }), money(vatCents, language)],
    [say({ FR: "Total TTC", EN: "Total incl. VAT" }), money(netCents + vatCents, language)],
    ...(usedCents === 0
      ? []
      : [
          [say({ FR: `Acomptes ${names}`, EN: `Deposits ${names}` }), money(-usedCents, language)] as [
            string,
            string,
          ],
        ]),
    kind === "CREDIT_NOTE"
      ? [say({ FR: "Crédité", EN: "Credited" }), money(netCents + vatCents, language)]
      : [say({ FR: "À payer", EN: "To be paid" }), money(dueCents(document), language)],
  ];
}

/** "Page 2 sur 3" and "Page 2 of 3". */
export const pageNumber = (language: DocumentLanguage, page: number, pages: number): string =>
  `Page ${String(page)} ${language === "FR" ? "sur" : "of"} ${String(pages)}`;

/** "1 234,56 €" and "€1,234.56". */
export function money(cents: number, language: DocumentLanguage): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  const [euros, rest] = [digits.slice(0, -2), digits.slice(-2)];
  const grouped = euros.replace(/\B(?=(\d{3})+$)/g, language === "FR" ? "\u00a0" : ",");
  const sign = cents < 0 ? "-" : "";
  return language === "FR" ? `${sign}${grouped},${rest}\u00a0€` : `${sign}€${grouped}.${rest}`;
}

const day = (iso: string, language: DocumentLanguage): string =>
  language === "FR" ? iso.split("-").reverse().join("/") : iso;
