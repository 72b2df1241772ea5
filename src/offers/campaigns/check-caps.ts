/** Are these caps valid: one for each unit and period, each with room for a lead? */
import { invalid } from "../../shared/errors";
import { checkEach } from "../../shared/faults";
import { type Cap } from "./terms";
import { type CapInput } from "./terms-input";

/** Throws INVALID_INPUT with all faults; their fields are paths inside the list, such as `[0].limit`. */
export function checkCaps(caps: readonly CapInput[], priceCents: number): Cap[] {
  const seen = new Set<string>();
  return checkEach(caps, ({ unit, period, limit }) => {
    const key = `${unit} by ${period}`;
    if (seen.has(key))
      throw invalid(`There are two caps in ${key}: keep the lower one.`, { reason: "DUPLICATE" });
    seen.add(key);
    if (!Number.isSafeInteger(limit) || limit < 1) {
      throw outOfRange(
        `The limit of the cap in ${key} is a whole number from 1; to take nothing, pause the campaign.`,
      );
    }
    if (unit === "SPEND_CENTS" && limit < priceCents) {
      throw outOfRange(`The cap in ${key} is below the price of one lead (${priceCents} cents): raise it.`);
    }
    return { unit, period, limit };
  });
}

const outOfRange = (message: string) => invalid(message, { reason: "OUT_OF_RANGE", field: "limit" });
