/** The company that sells the leads and its terms of payment, as they appear on every document. */
import type { BillingPolicy, Seller } from "../../billing/documents";
import { plainIban } from "../../shared/iban";
import { vatNumberOf } from "../../shared/registration";
import { about, ibans, onOff, optional, siren, text, wholeNumber, type Read } from "./kinds";

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
  iban: "FR7699999000010000000000115",
};

const required = (missing: string) => ({ missing, production: "required" as const });

/** All of them or none; in production all. */
const identitySettings = {
  COMPANY_NAME: optional(text()).register(about, {
    ...required("the name of the company that sells the leads"),
    description: "The name of the company that sells the leads, as it appears on every invoice.",
    example: "Exemple SAS",
  }),
  COMPANY_LEGAL_FORM: optional(text()).register(about, {
    ...required("its form and capital, as in: SAS au capital de 10 000 €"),
    description: "Its legal form and its capital.",
    example: "SAS au capital de 10 000 €",
  }),
  COMPANY_SIREN: optional(siren()).register(about, {
    ...required("its nine digits in the register"),
    description: "Its SIREN, nine digits.",
    example: "000000018",
  }),
  COMPANY_REGISTER: optional(text()).register(about, {
    ...required("where it is registered, as in: RCS Lyon"),
    description: "The register that it is entered in.",
    example: "RCS Lyon",
  }),
  COMPANY_STREET: optional(text()).register(about, {
    ...required("the street of its seat"),
    description: "The street of its registered office.",
    example: "1 rue de l'Exemple",
  }),
  COMPANY_POSTCODE: optional(text()).register(about, {
    ...required("the postcode of its seat"),
    description: "The postcode of its registered office.",
    example: "69001",
  }),
  COMPANY_CITY: optional(text()).register(about, {
    ...required("the town of its seat"),
    description: "The town of its registered office.",
    example: "Lyon",
  }),
};

export const companySettings = {
  ...identitySettings,
  COMPANY_VAT_NUMBER: optional(text()).register(about, {
    description: "Its VAT number. Default: the one that follows from its SIREN.",
    example: "FR84000000018",
  }),
  COMPANY_IBAN: optional(text()).register(about, {
    description: "The account that invoices are paid to.",
    example: "FR7630006000011234567890189",
  }),
  BANK_IBANS: ibans().register(about, {
    description:
      "The accounts whose bank statements are imported, separated by commas. Default: COMPANY_IBAN.",
    example: "FR7630006000011234567890189",
  }),
  VAT_ON_DEBITS: onOff().prefault("off").register(about, {
    description:
      "on: VAT is due when an invoice is issued; off: when it is paid. The choice is declared to the tax office.",
  }),
  // The European Central Bank's rate plus ten points: the rate of French law when nothing else is agreed.
  LATE_PENALTY_BASIS_POINTS: wholeNumber({ min: 1, max: 10_000 }).prefault("1240").register(about, {
    description: "Interest on late payment, in hundredths of a percent per year.",
  }),
  PAYMENT_DAYS: wholeNumber({ min: 0, max: 60 }).prefault("30").register(about, {
    description: "Days to pay an invoice, at most 60.",
  }),
};

export const companyNames = Object.keys(identitySettings) as (keyof typeof identitySettings)[];

export function billingOf(values: Read<typeof companySettings>): BillingSettings {
  return Object.freeze({
    seller: values.COMPANY_NAME === null ? invented : sellerOf(values),
    onDebits: values.VAT_ON_DEBITS,
    latePenaltyBasisPoints: values.LATE_PENALTY_BASIS_POINTS,
    paymentDays: values.PAYMENT_DAYS,
  });
}

/** The accounts whose statements are imported, without spaces. */
export function bankIbansOf(values: Read<typeof companySettings>): readonly string[] {
  const { iban } = billingOf(values).seller;
  const named = values.BANK_IBANS.length > 0 ? values.BANK_IBANS : iban === null ? [] : [iban];
  return Object.freeze(named.map(plainIban));
}

/** Called with all of the company's settings present: rules.ts refuses a part of them. */
function sellerOf(values: Read<typeof companySettings>): Seller {
  const text = (name: keyof typeof identitySettings): string => values[name] ?? "";
  const siren = text("COMPANY_SIREN");
  return {
    name: text("COMPANY_NAME"),
    legalForm: text("COMPANY_LEGAL_FORM"),
    siren,
    register: text("COMPANY_REGISTER"),
    vatNumber: values.COMPANY_VAT_NUMBER ?? vatNumberOf(siren),
    street: text("COMPANY_STREET"),
    postcode: text("COMPANY_POSTCODE"),
    city: text("COMPANY_CITY"),
    iban: values.COMPANY_IBAN,
  };
}
