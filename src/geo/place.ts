/** Where a need is: always a commune, with what follows from it. */
export interface Place {
  readonly inseeCode: string;
  readonly postcode: string;
  readonly commune: string;
  readonly departement: string;
  /** null in the collectivities, which belong to no région. */
  readonly region: string | null;
  /** ISO 3166: FR, or the collectivity's own code (PM BL MF WF PF NC TF). */
  readonly country: string;
}
