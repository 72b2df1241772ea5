/** Checks how an import of bank statements is asked for. */
import { invalid } from "../../shared/errors";
import { isIban, plainIban } from "../../shared/iban";
import { checkAll } from "../../shared/faults";

interface Named {
  readonly iban: string | null;
  readonly gapReason: string | null;
}

const longestReason = 500;

export function checkImport<T extends Named>(wanted: T): T {
  return {
    ...wanted,
    ...checkAll<Named>({
      iban: () => (wanted.iban === null ? null : checkIban(wanted.iban)),
      gapReason: () => (wanted.gapReason === null ? null : checkReason(wanted.gapReason)),
    }),
  };
}

function checkIban(text: string): string {
  if (isIban(text)) return plainIban(text);
  throw invalid("iban is not an IBAN, such as FR76 3000 6000 0112 3456 7890 189.", { reason: "MALFORMED" });
}

function checkReason(text: string): string {
  const reason = text.trim();
  if (reason.length > 0 && reason.length <= longestReason) return reason;
  throw invalid(`gapReason takes 1 to ${String(longestReason)} characters.`, {
    reason: reason.length === 0 ? "EMPTY" : "TOO_LONG",
  });
}
