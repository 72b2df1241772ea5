/** Asks VIES, and tells the caller when to try again if it does not answer. */
import { AppError } from "../../shared/errors";
import { ViesUnavailable, type Vies, type ViesAnswer } from "./vies";

/** The limits of VIES on simultaneous requests pass within a minute. */
const retryAfterSeconds = 60;

/** Throws UNAVAILABLE when VIES gives no usable answer. */
export async function askVies(vies: Vies, vatNumber: string): Promise<ViesAnswer> {
  try {
    return await vies.check(vatNumber);
  } catch (error) {
    if (!(error instanceof ViesUnavailable)) throw error;
    throw new AppError(
      "UNAVAILABLE",
      `VIES could not be asked now (${error.reason}). Try again later, or use recordRegisterCheck.`,
      { reason: "VIES_UNAVAILABLE", retryAfterSeconds },
    );
  }
}
