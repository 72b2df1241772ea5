/**
 * The types of products and forms. Forms are immutable data: a change is a new version, and every lead keeps the
 * version with which it was filled in.
 */
import type { Language, Words } from "../../shared/language";

export type FieldType = "CHOICE" | "MULTICHOICE" | "NUMBER" | "BOOLEAN" | "TEXT" | "DATE";
export type { Language };
export type Label = Words;

export interface FormOption {
  readonly value: string;
  readonly label: Label;
}

export interface FormField {
  readonly id: string;
  readonly label: Label;
  readonly type: FieldType;
  readonly required: boolean;
  /** For CHOICE and MULTICHOICE only. */
  readonly options?: readonly FormOption[];
  /** For NUMBER only; both bounds are inclusive. */
  readonly min?: number;
  readonly max?: number;
  /** unitText gives it in the language of the reader. */
  readonly unit?: string;
  /** Why the question is asked. A question without a use is not asked. */
  readonly servesFor: Label;
}

export type Purpose =
  "TRANSMIT" | "QUALIFICATION_CALL" | "FEEDBACK_CALL" | "APPOINTMENT" | "CREDIT_CHECK" | "AUDIENCES";
export type ContactChannel = "PHONE" | "SMS" | "EMAIL";
export type ConfirmationChannel = "SMS" | "EMAIL" | "OPERATOR_CALL";

export interface ConsentDeclaration {
  readonly language: Language;
  readonly text: string;
  /** The purposes that a person may tick. None is ticked in advance. */
  readonly purposes: readonly { readonly purpose: Purpose; readonly text: string }[];
}

export interface Form {
  readonly product: string;
  readonly version: number;
  readonly fields: readonly FormField[];
  readonly declarations: readonly ConsentDeclaration[];
  readonly confirmBy: readonly ConfirmationChannel[];
}

/**
 * The published names of the ranking rules. Each product names its rule. Matching implements the rules, and it does
 * not compile unless it implements all of them.
 */
export type RankingRule = "PRICE_THEN_DRAW" | "TURN_THEN_PRICE" | "NEAREST_THEN_PRICE" | "QUALITY_THEN_PRICE";

export interface Product {
  readonly id: string;
  readonly label: Label;
  /** Maximum number of suppliers in a preview. */
  readonly recipientsShown: number;
  /** Maximum number of suppliers that receive one lead. */
  readonly seats: number;
  /** The rule that ranks suppliers in a preview and for a lead. */
  readonly rankedBy: RankingRule;
  /** Whether suppliers of this product need the person's street. */
  readonly needsStreet: boolean;
  /** Whether suppliers must be registered with ORIAS, as for insurance. */
  readonly atOrias: boolean;
  /** The price floor of a lead until staff set another one, in euro cents excluding VAT. */
  readonly floorCents: number;
  /** All versions, oldest first. A request is shown with the version with which it was filled in. */
  readonly forms: readonly Form[];
  /** The newest version, which form sites show and campaigns are checked against. */
  readonly form: Form;
}

/** One answer. A TEXT answer is personal data: it is encrypted and never used in matching. */
export type AnswerValue = string | number | boolean | readonly string[];
export type Answers = Readonly<Record<string, AnswerValue>>;
