/**
 * What must be known of a supplier before it runs its first campaign: that its company and its VAT number are
 * registered (in the EU by VIES itself, because the reverse charge depends on it), that it accepted the terms in force, and, where it sells insurance or asks for people's credit, its
 * number at ORIAS (code des assurances L.512-1, code monétaire et financier L.546-1).
 */
import { vatConsequences, vatTreatmentOf } from "../ledger";
import type { Words } from "../../shared/language";
import { isInVies } from "../../shared/vat-numbers";

export type CheckKind = "SIREN" | "REGISTER" | "VAT" | "ORIAS";
export type StepKind = CheckKind | "TERMS";

/** The result of looking up a number in its register. */
export interface RegisterCheck {
  readonly kind: CheckKind;
  readonly number: string;
  readonly valid: boolean;
  /** Whether VIES answered or a member of staff looked it up. */
  readonly source: "VIES" | "STAFF";
  /** The consultation number of VIES, or where the extract is kept. */
  readonly reference: string;
  /** The name in the register; null if the register did not give one. */
  readonly name: string | null;
  readonly checkedAt: Date;
  readonly checkedBy: string;
}

export interface Terms {
  readonly version: string;
  readonly url: string | null;
}

export interface Acceptance {
  readonly version: string;
  readonly acceptedAt: Date;
  readonly acceptedBy: string;
}

export interface Waiver {
  readonly reason: string;
  readonly waivedAt: Date;
  readonly waivedBy: string;
}

export interface OnboardingFacts {
  /** Null for a company that is not in the French register. */
  readonly siren: string | null;
  /** Of a register outside France; null in France. */
  readonly registerNumber: string | null;
  readonly registerName: string | null;
  /** The country of its documents (ISO 3166-1 alpha-2), which decides the VAT. */
  readonly billingCountry: string;
  /** null when the supplier has none. */
  readonly vatNumber: string | null;
  readonly asksForCredit: boolean;
  readonly termsInForce: Terms;
  /** Newest first. */
  readonly checks: readonly RegisterCheck[];
  readonly acceptances: readonly Acceptance[];
  readonly waiver: Waiver | null;
}

export interface OnboardingStep {
  readonly step: StepKind;
  readonly doneAt: Date | null;
  /** What to do, and who does it; null once it is done. */
  readonly todo: Words | null;
}

/** `isRegulated` means that only suppliers registered with ORIAS may sell the product. */
export function stepsOf(facts: OnboardingFacts, isRegulated: boolean): OnboardingStep[] {
  const { siren, registerNumber, vatNumber, asksForCredit, waiver } = facts;
  const steps = [
    ...(siren === null ? [] : [checked(facts, "SIREN", siren)]),
    ...(registerNumber === null ? [] : [checked(facts, "REGISTER", registerNumber)]),
    ...(vatNumber === null || !isInVies(vatNumber) ? [] : [checked(facts, "VAT", vatNumber)]),
    termsStep(facts),
    ...(isRegulated || asksForCredit ? [checked(facts, "ORIAS", null)] : []),
  ];
  if (!waiver) return steps;
  return steps.map(({ step, doneAt }) => ({ step, doneAt: doneAt ?? waiver.waivedAt, todo: null }));
}

export const missingSteps = (steps: readonly OnboardingStep[]): { step: StepKind; todo: string }[] =>
  steps.flatMap(({ step, todo }) => (todo === null ? [] : [{ step, todo: todo.EN }]));

const todos: Readonly<Record<CheckKind, Words>> = {
  SIREN: {
    FR: "notre équipe vérifie le SIREN (checkRegistration, ou recordRegisterCheck avec l'extrait du registre)",
    EN: "staff look the SIREN up (checkRegistration, or recordRegisterCheck with the register's extract)",
  },
  REGISTER: {
    FR: "notre équipe vérifie l'inscription au registre du pays (recordRegisterCheck avec l'extrait du registre)",
    EN: "staff look the company up in the register of its country (recordRegisterCheck with the register's extract)",
  },
  VAT: {
    FR: "notre équipe vérifie le numéro de TVA (checkRegistration ou recordRegisterCheck)",
    EN: "staff look the VAT number up (checkRegistration, or recordRegisterCheck)",
  },
  ORIAS: {
    FR: "donnez votre numéro ORIAS à notre équipe, qui le vérifie dans le registre (recordRegisterCheck)",
    EN: "give your ORIAS number to staff, who look it up in the register (recordRegisterCheck)",
  },
};

const byVies: Words = {
  FR: "notre équipe interroge VIES, dont dépend l'autoliquidation (checkRegistration)",
  EN: "staff ask VIES, on which the reverse charge depends (checkRegistration)",
};

/** Decided by the newest check of this exact number; for ORIAS (null), by the newest check of any number. */
function checked(facts: OnboardingFacts, step: CheckKind, number: string | null): OnboardingStep {
  const onlyVies = step === "VAT" && isDeclared(facts);
  const newest = facts.checks.find(
    ({ kind, source, ...check }) =>
      kind === step && (number ?? check.number) === check.number && (source === "VIES" || !onlyVies),
  );
  if (newest?.valid === true) return { step, doneAt: newest.checkedAt, todo: null };
  const todo = onlyVies ? byVies : todos[step];
  return { step, doneAt: null, todo: newest ? afterRefusal(newest.number, todo) : todo };
}

const isDeclared = ({ billingCountry }: OnboardingFacts): boolean =>
  vatConsequences[vatTreatmentOf({ country: billingCountry, departement: null })].isDeclared;

const afterRefusal = (number: string, { FR, EN }: Words): Words => ({
  FR: `le registre ne connaît pas ${number} : corrigez-le, puis ${FR}`,
  EN: `the register does not have ${number}: correct it, then ${EN}`,
});

function termsStep({ termsInForce: { version }, acceptances }: OnboardingFacts): OnboardingStep {
  const accepted = acceptances.find((acceptance) => acceptance.version === version);
  if (accepted) return { step: "TERMS", doneAt: accepted.acceptedAt, todo: null };
  return {
    step: "TERMS",
    doneAt: null,
    todo: {
      FR: `un administrateur du fournisseur accepte les conditions, version ${version} (acceptTerms)`,
      EN: `an administrator of the supplier accepts the terms of version ${version} (acceptTerms)`,
    },
  };
}

/** Ignores case, accents, punctuation and the legal form, because registers write names in their own way. */
export function isSameName(a: string, b: string): boolean {
  const [one, other] = [wordsOf(a), wordsOf(b)];
  return one !== "" && one === other;
}

const forms = new Set(
  "SA SAS SASU SARL EURL SNC SCI SC EI SCOP SOCIETE SAM SRL BV NV SPRL BVBA AG GMBH KG UG SE LTD PLC LLP SPA".split(
    " ",
  ),
);
const wordsOf = (name: string): string =>
  name
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "" && !forms.has(word))
    .join(" ");
