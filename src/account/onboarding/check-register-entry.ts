/** Validates what staff record after looking a number up in a register by hand. */
import { invalid } from "../../shared/errors";
import type { CheckKind, OnboardingFacts, RegisterCheck } from "./onboarding";

export interface RegisterEntry {
  readonly kind: CheckKind;
  readonly number: string;
  readonly valid: boolean;
  readonly reference: string;
  readonly name?: string | null;
}

type Checked = Pick<RegisterCheck, "kind" | "number" | "valid" | "reference" | "name">;

export function checkRegisterEntry(
  { kind, valid, ...entry }: RegisterEntry,
  { siren, vatNumber }: Pick<OnboardingFacts, "siren" | "vatNumber">,
): Checked {
  const number = entry.number.replaceAll(/\s/g, "").toUpperCase();
  const own = { SIREN: siren, VAT: vatNumber, ORIAS: /^\d{8}$/.test(number) ? number : null }[kind];
  if (number !== own) {
    throw invalid(
      kind === "ORIAS"
        ? "number: an ORIAS number has eight digits."
        : `number: this is not the supplier's ${kind === "VAT" ? "VAT number" : "SIREN"}. Correct the supplier first.`,
    );
  }
  const reference = line("reference", entry.reference);
  return { kind, number, valid, reference, name: entry.name == null ? null : line("name", entry.name) };
}

function line(field: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed.length > 0 && trimmed.length <= 200 && !/\p{Cc}/u.test(trimmed)) return trimmed;
  throw invalid(
    `${field} must be one line of 1 to 200 characters: where the extract is kept, or the name in it.`,
  );
}
