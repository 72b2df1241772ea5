/**
 * Calls the REST API of VIES. The request names us as the requester, because only then does VIES return a
 * consultation number, which is the proof of the check.
 */
import { askJson } from "../../platform/ask-json";
import { readViesAnswer, ViesUnavailable, type Vies } from "./vies";

export interface ViesOptions {
  /** Without a trailing slash. */
  readonly base: string;
  /** Our own VAT number. */
  readonly requester: string;
  readonly timeoutMs?: number;
}

export function viesAt({ base, requester, timeoutMs = 20_000 }: ViesOptions): Vies {
  return {
    check: async (vatNumber) => {
      const { status, body } = await askJson({
        url: new URL(`${base}/check-vat-number`),
        timeoutMs,
        body: {
          countryCode: vatNumber.slice(0, 2),
          vatNumber: vatNumber.slice(2),
          requesterMemberStateCode: requester.slice(0, 2),
          requesterNumber: requester.slice(2),
        },
      }).catch((error: unknown) => {
        throw new ViesUnavailable(error instanceof Error ? error.name : "no answer");
      });
      return readViesAnswer(status, body);
    },
  };
}
