import type { Position } from "./position";

/** The precision of a position: the person's own, the commune's centroid, or unknown. */
export type Precision = "ADDRESS" | "COMMUNE" | "NONE";

/** The location of a request: a commune, with its département, région and country. */
export interface Place {
  readonly inseeCode: string;
  readonly postcode: string;
  readonly commune: string;
  /** The INSEE code of the arrondissement, in Paris, Lyon and Marseille only. */
  readonly arrondissement: string | null;
  readonly departement: string;
  /** Null in the overseas collectivities, which belong to no région. */
  readonly region: string | null;
  /** ISO 3166 code: FR, or the collectivity's code (PM BL MF WF PF NC TF). */
  readonly country: string;
  /** With precision ADDRESS this is personal data, stored encrypted with the person's data. */
  readonly position: Position | null;
  readonly precision: Precision;
}
