import type { Answers, ConsentDeclaration, Language } from "../../reference/catalogue";
import type { ShownRecipient } from "../../people/consent";
import type { Place, Position } from "../../reference/geo";
import type { SupplierCard } from "../../account/suppliers";

/** The content of a preview token: need, place, recipients shown, declaration and expiry. */
export interface Preview {
  readonly product: string;
  readonly formVersion: number;
  readonly answers: Answers;
  readonly texts: Readonly<Record<string, string>>;
  /** At most as precise as the centroid of the commune. The exact position is stored with the person. */
  readonly place: Place;
  readonly position: Position | null;
  readonly shown: readonly ShownRecipient[];
  readonly language: Language;
  readonly textHash: string;
  readonly expiresAt: string;
}

/** The preview as shown to the form site. */
export interface PreviewView {
  readonly token: string;
  readonly expiresAt: Date;
  readonly declaration: ConsentDeclaration;
  readonly recipients: readonly SupplierCard[];
  readonly rankedBy: string;
}
