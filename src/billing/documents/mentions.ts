/**
 * The statements that French law requires on documents between companies (C. com. L.441-9 and L.441-10, CGI
 * ann. II 242 nonies A), each with the subject code that the French e-invoicing rules assign to it.
 */
import { vatConsequences, type VatTreatment } from "../../account/ledger";
import type { DocumentLanguage } from "../../account/suppliers";
import type { BillingDocument } from "./document";

export interface Mention {
  readonly code: "PMT" | "PMD" | "AAB" | "BAR" | "AAI";
  readonly text: string;
}

type Words = Readonly<Record<DocumentLanguage, string>>;

const recovery: Words = {
  FR: "En cas de retard de paiement, indemnité forfaitaire pour frais de recouvrement : 40 €.",
  EN: "In case of late payment, fixed compensation for recovery costs: €40.",
};
const penalty = (rate: string): Words => ({
  FR: `Pénalités de retard : ${rate} % par an, exigibles sans rappel.`,
  EN: `Late payment interest: ${rate} % a year, due without reminder.`,
});
const discount: Words = {
  FR: "Pas d'escompte pour paiement anticipé.",
  EN: "No discount for early payment.",
};
const operations: Words = {
  FR: "Catégorie de l'opération : prestations de services.",
  EN: "Category of the operation: supply of services.",
};
const onDebits: Words = {
  FR: "Option pour le paiement de la taxe d'après les débits.",
  EN: "VAT is paid on the basis of debits.",
};
/** The legal reason why no VAT is charged; null when VAT is charged. */
export const exemptionOf = (treatment: VatTreatment, language: DocumentLanguage): string | null =>
  vatConsequences[treatment].mention?.[language] ?? null;

export function mentionsOf(document: BillingDocument): readonly Mention[] {
  const { language, latePenaltyBasisPoints } = document;
  const rate = percent(latePenaltyBasisPoints, language);
  return [
    { code: "PMT", text: recovery[language] },
    { code: "PMD", text: penalty(rate)[language] },
    { code: "AAB", text: discount[language] },
    { code: "BAR", text: "B2B" },
    {
      code: "AAI",
      text: [operations, ...(document.onDebits ? [onDebits] : [])].map((words) => words[language]).join(" "),
    },
  ];
}

/** Formats basis points as a percentage: 12,25 in French, 12.25 in English. */
export function percent(basisPoints: number, language: DocumentLanguage): string {
  const text = (basisPoints / 100).toFixed(2).replace(/\.?0+$/, "");
  return language === "FR" ? text.replace(".", ",") : text;
}
