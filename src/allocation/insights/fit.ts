/** Do the terms of a draft fit a request, and if not, would they without one of them? Asked of the terms alone. */
import { obstaclesByTerms, type Candidate, type Need } from "../matching";

export type Fit =
  | { readonly kind: "FITS" }
  /** But for this criterion, counted from 0, it would. */
  | { readonly kind: "ONE_CRITERION"; readonly criterion: number }
  /** But for the excluded zones it would. */
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
