import type { Position } from "./position";

/** How exact a place's position is: the person's own, their commune's centroid, or not known at all. */
export type Precision = "ADDRESS" | "COMMUNE" | "NONE";

/** Where a need is: always a commune, with what follows from it. */
export interface Place {
  readonly inseeCode: string;
  readonly postcode: string;
  readonly commune: string;
  /** Of Paris, Lyon and Marseille, by its own INSEE code. */
  readonly arrondissement: string | null;
  readonly departement: string;
  /** null in the collectivities, which belong to no région. */
  readonly region: string | null;
  /** ISO 3166: FR, or the collectivity's own code (PM BL MF WF PF NC TF). */
  readonly country: string;
  /** A position of precision ADDRESS is the person's and is kept sealed with them. */
  readonly position: Position | null;
  readonly precision: Precision;
}
