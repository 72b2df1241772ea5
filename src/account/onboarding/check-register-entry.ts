/** Validates what staff record after looking a number up in a register by hand. */
import { invalid } from "../../shared/errors";
import { checkAll } from "../../shared/faults";
import { checkOneLine } from "../../shared/lines";
import type { CheckKind, OnboardingFacts, RegisterCheck } from "./onboarding";

export interface RegisterEntry {
  readonly kind: CheckKind;
  readonly number: string;
  readonly valid: boolean;
  readonly reference: string;
  readonly name?: string | null;
}

type Checked = Pick<RegisterCheck, "kind" | "number" | "valid" | "reference" | "name">;

type Numbers = Pick<OnboardingFacts, "siren" | "vatNumber" | "registerNumber">;

export function checkRegisterEntry({ kind, valid, ...entry }: RegisterEntry, facts: Numbers): Checked {
  const found = checkAll<Pick<Checked, "number" | "reference" | "name">>({
    number: () => numberOf(kind, entry.number, facts),
    reference: () => checkOneLine("reference", entry.reference, { hint }),
    name: () => (entry.name == null ? null : checkOneLine("name", entry.name, { hint })),
  });
  return { kind, valid, ...found };
}

const hint = "where the extract is kept, or the name in it";

function numberOf(kind: CheckKind, text: string, { siren, vatNumber, registerNumber }: Numbers): string {
  const number = text.replaceAll(/[\s.-]/g, "").toUpperCase();
  const orias = /^\d{8}$/.test(number) ? number : null;
  const own = { SIREN: siren, VAT: vatNumber, REGISTER: registerNumber, ORIAS: orias }[kind];
  if (number === own) return number;
  if (kind === "ORIAS") throw invalid("number: an ORIAS number has eight digits.", { reason: "MALFORMED" });
  const what = { VAT: "VAT number", REGISTER: "register number", SIREN: "SIREN" }[kind];
  throw invalid(`number: this is not the supplier's ${what}. Correct the supplier first.`, {
    reason: "INVALID",
  });
}
