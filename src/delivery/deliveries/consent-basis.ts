import type { ContactChannel, Language } from "../../reference/catalogue";

/** The consent that a delivery is based on, as it was when the lead was matched. */
export interface ConsentBasis {
  readonly supplierName: string;
  readonly channels: readonly ContactChannel[];
  readonly givenAt: string;
  readonly formVersion: number;
  readonly language: Language;
  readonly textHash: string;
}
