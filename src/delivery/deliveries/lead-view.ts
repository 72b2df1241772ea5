/** A lead as its supplier may see it now. */
import type { AnswerValue, ContactChannel, FormField } from "../../reference/catalogue";
import type { Place } from "../../reference/geo";
import type { ConsentBasis } from "./consent-basis";
import type { VisibleContact, Withholding } from "./projection";
import type { Reason } from "./why";

/** An answer with its question, as the form worded it. */
export interface AnswerView {
  readonly question: FormField;
  readonly value: AnswerValue;
}

export interface LeadView {
  readonly id: string;
  readonly supplierId: string;
  readonly product: string;
  readonly campaignId: string;
  readonly campaignVersion: number;
  readonly submittedAt: Date;
  readonly matchedAt: Date;
  readonly answers: readonly AnswerView[];
  readonly place: Place;
  readonly contact: VisibleContact;
  readonly channels: readonly ContactChannel[];
  readonly withheld: readonly Withholding[];
  readonly seat: number;
  readonly seats: number;
  readonly priceCents: number;
  /** False for a sandbox lead, which is free of charge. */
  readonly charged: boolean;
  readonly creditedAt: Date | null;
  readonly consent: ConsentBasis;
  readonly why: readonly Reason[];
}
