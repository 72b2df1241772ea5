import type { ContactChannel, Language } from "../../reference/catalogue";

/** The consent a delivery rests on, as it stood when the lead was matched. */
export interface ConsentBasis {
  readonly supplierName: string;
  readonly channels: readonly ContactChannel[];
  readonly givenAt: string;
  readonly formVersion: number;
  readonly language: Language;
  readonly textHash: string;
}
