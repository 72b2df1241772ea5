/** Who sells, and on which terms: it stands on every document. Elsewhere than in production it is invented. */
import { productById } from "../../reference/catalogue";
import type { BillingPolicy, DocumentLanguage, Seller } from "../../billing/documents";
import { isSiren, vatNumberOf } from "../../shared/registration";
import type { SettingReader } from "./setting-reader";

export type BillingSettings = Omit<BillingPolicy, "labelOf">;

const invented: Seller = {
  name: "CarAtlas Démonstration",
  legalForm: "SAS au capital de 10 000 €",
  siren: "000000018",
  register: "RCS Essai",
  vatNumber: vatNumberOf("000000018"),
  street: "1 rue de l'Essai",
  postcode: "75000",
  city: "Essai",
  iban: null,
};

const settings = {
  COMPANY_NAME: "the name of the company that sells the leads",
  COMPANY_LEGAL_FORM: "its form and capital, as in: SAS au capital de 10 000 €",
  COMPANY_SIREN: "its nine digits in the register",
  COMPANY_REGISTER: "where it is registered, as in: RCS Lyon",
  COMPANY_STREET: "the street of its seat",
  COMPANY_POSTCODE: "the postcode of its seat",
  COMPANY_CITY: "the town of its seat",
} as const;

/** All of the company's settings or none; in production all. */
export function billingOf(read: SettingReader, demandSeller: boolean): BillingSettings {
  return Object.freeze({
    seller: sellerOf(read, demandSeller),
    onDebits: read.flag("VAT_ON_DEBITS", false),
    // The European Central Bank's rate and ten points, as the law has it where nothing else is agreed.
    latePenaltyBasisPoints: read.integer("LATE_PENALTY_BASIS_POINTS", {
      fallback: 1240,
      min: 1,
      max: 10_000,
    }),
    paymentDays: read.integer("PAYMENT_DAYS", { fallback: 30, min: 0, max: 60 }),
  });
}

function sellerOf(read: SettingReader, demanded: boolean): Seller {
  const names = Object.keys(settings) as (keyof typeof settings)[];
  if (!demanded && names.every((name) => read.text(name) === null)) return invented;
  for (const name of names) read.demand(name, settings[name]);
  const text = (name: keyof typeof settings): string => read.text(name) ?? "";
  const siren = text("COMPANY_SIREN");
  if (siren !== "" && !isSiren(siren))
    read.problems.push("COMPANY_SIREN: it is not nine digits of a register.");
  return {
    name: text("COMPANY_NAME"),
    legalForm: text("COMPANY_LEGAL_FORM"),
    siren,
    register: text("COMPANY_REGISTER"),
    vatNumber: read.text("COMPANY_VAT_NUMBER") ?? (isSiren(siren) ? vatNumberOf(siren) : ""),
    street: text("COMPANY_STREET"),
    postcode: text("COMPANY_POSTCODE"),
    city: text("COMPANY_CITY"),
    iban: read.text("COMPANY_IBAN"),
  };
}

const items: Readonly<Record<string, Readonly<Record<DocumentLanguage, string>>>> = {
  DEPOSIT: { FR: "Acompte sur leads", EN: "Deposit for leads" },
  CORRECTED_TRANSFER: {
    FR: "Acompte reçu pour un montant moindre",
    EN: "Deposit that was received for less",
  },
  LOST_PAYMENT: { FR: "Acompte dont le paiement a été contesté", EN: "Deposit whose payment was disputed" },
  LATE_INDEMNITY: {
    FR: "Indemnité forfaitaire pour frais de recouvrement",
    EN: "Fixed compensation for recovery costs",
  },
  LATE_INTEREST: { FR: "Pénalités de retard", EN: "Late payment interest" },
  UNUSED_ADVANCE: { FR: "Acompte non utilisé", EN: "Unused deposit" },
};

/** What a line of a document is called. */
export function itemLabel(item: string, language: DocumentLanguage): string {
  const product = productById(item)?.label[language];
  const lead = language === "FR" ? "Mise en relation : " : "Lead: ";
  return items[item]?.[language] ?? lead + (product ?? item);
}
