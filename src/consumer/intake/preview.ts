import type { Answers, ConsentDeclaration, Language } from "../../reference/catalogue";
import type { ShownRecipient } from "../../people/consent";
import type { Place, Position } from "../../reference/geo";
import type { SupplierCard } from "../../account/suppliers";

/** What a preview binds until it is submitted: need, place, recipients shown, declaration, and for how long. */
export interface Preview {
  readonly product: string;
  readonly formVersion: number;
  readonly answers: Answers;
  readonly texts: Readonly<Record<string, string>>;
  /** With its commune's centroid at most; where exactly it is, is kept with the person. */
  readonly place: Place;
  readonly position: Position | null;
  readonly shown: readonly ShownRecipient[];
  readonly language: Language;
  readonly textHash: string;
  readonly expiresAt: string;
}

/** What a form site is told. */
export interface PreviewView {
  readonly token: string;
  readonly expiresAt: Date;
  readonly declaration: ConsentDeclaration;
  readonly recipients: readonly SupplierCard[];
  readonly rankedBy: string;
}
