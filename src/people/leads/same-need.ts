/** Decides whether two requests ask for the same, so that the later one repeats the earlier. Ignores free text. */
import { type Answers } from "../../reference/catalogue";
import { type Place } from "../../reference/geo";
import { canonicalJson } from "../../shared/canonical-json";

export interface ComparedNeed {
  readonly productId: string;
  readonly answers: Answers;
  readonly place: Pick<Place, "inseeCode" | "arrondissement">;
}

/** Ignores the form version, the exact position within the commune, and the postcode that was given. */
export const sameNeed = (one: ComparedNeed, other: ComparedNeed): boolean =>
  one.productId === other.productId &&
  one.place.inseeCode === other.place.inseeCode &&
  one.place.arrondissement === other.place.arrondissement &&
  canonicalJson(one.answers) === canonicalJson(other.answers);
