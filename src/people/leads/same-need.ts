/** Do two requests ask for the same? Then the second is a repetition. A person's own words do not count. */
import { type Answers } from "../../reference/catalogue";
import { type Place } from "../../reference/geo";
import { canonicalJson } from "../../shared/canonical-json";

export interface ComparedNeed {
  readonly productId: string;
  readonly answers: Answers;
  readonly place: Pick<Place, "inseeCode" | "arrondissement">;
}

/** Whatever the versions of their forms, the exact position within the commune, and the postcode it was found by. */
export const sameNeed = (one: ComparedNeed, other: ComparedNeed): boolean =>
  one.productId === other.productId &&
  one.place.inseeCode === other.place.inseeCode &&
  one.place.arrondissement === other.place.arrondissement &&
  canonicalJson(one.answers) === canonicalJson(other.answers);
