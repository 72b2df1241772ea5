/**
 * Does a request fit the terms of a draft, and if not, which one of them would have to be dropped? Considers
 * the terms alone: schedule, caps and age are simulation.ts.
 */
import { obstaclesByTerms, type Candidate, type Need } from "../matching";

export type Fit =
  | { readonly kind: "FITS" }
  /** It would fit without this criterion (its index in the terms). */
  | { readonly kind: "ONE_CRITERION"; readonly criterion: number }
  /** It would fit without the excluded zones. */
  | { readonly kind: "EXCLUDED_ZONES" }
  | { readonly kind: "NO" };

export function fitOf(need: Need, draft: Candidate, at: Date): Fit {
  const [first, ...others] = obstaclesByTerms(need, draft, at);
  if (!first) return { kind: "FITS" };
  if (others.length > 0) return { kind: "NO" };
  if (first.criterion !== undefined) return { kind: "ONE_CRITERION", criterion: first.criterion };
  return fits(need, without(draft), at) ? { kind: "EXCLUDED_ZONES" } : { kind: "NO" };
}

export const fits = (need: Need, candidate: Candidate, at: Date): boolean =>
  obstaclesByTerms(need, candidate, at).length === 0;

const without = (draft: Candidate): Candidate => ({ ...draft, terms: { ...draft.terms, excludedZones: [] } });
