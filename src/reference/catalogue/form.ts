/**
 * What a form asks. Forms are data and immutable: a change is a new version, and every lead keeps
 * the version it was filled in on.
 */
export type FieldType = "CHOICE" | "MULTICHOICE" | "NUMBER" | "BOOLEAN" | "TEXT" | "DATE";
export type Language = "FR" | "EN";
export type Label = Readonly<Record<Language, string>>;

export interface FormOption {
  readonly value: string;
  readonly label: Label;
}

export interface FormField {
  readonly id: string;
  readonly label: Label;
  readonly type: FieldType;
  readonly required: boolean;
  /** CHOICE and MULTICHOICE only. */
  readonly options?: readonly FormOption[];
  /** NUMBER only, both inclusive. */
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
  /** Why the field is asked: a field that serves nothing is not asked. */
  readonly servesFor: Label;
}

export type Purpose =
  "TRANSMIT" | "QUALIFICATION_CALL" | "FEEDBACK_CALL" | "APPOINTMENT" | "CREDIT_CHECK" | "AUDIENCES";
export type ContactChannel = "PHONE" | "SMS" | "EMAIL";
export type ConfirmationChannel = "SMS" | "EMAIL" | "OPERATOR_CALL";

export interface ConsentDeclaration {
  readonly language: Language;
  readonly text: string;
  /** The purposes a person may tick; nothing is ticked beforehand. */
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
 * The published names of the rules by which suppliers are put in order. Which one a product uses is a fact of
 * the product; what each of them means is said in matching, of all or it does not compile.
 */
export type RankingRule = "PRICE_THEN_DRAW" | "TURN_THEN_PRICE" | "NEAREST_THEN_PRICE" | "QUALITY_THEN_PRICE";

export interface Product {
  readonly id: string;
  readonly label: Label;
  /** How many suppliers a preview shows at most. */
  readonly recipientsShown: number;
  /** How many suppliers may receive one lead at most. */
  readonly seats: number;
  /** In which order suppliers are shown and served. */
  readonly rankedBy: RankingRule;
  /** Whether suppliers of this product need the street to do their work. */
  readonly needsStreet: boolean;
  /** Whether only who is registered at ORIAS may sell it: insurance. */
  readonly atOrias: boolean;
  /** The lowest price a lead is sold for until staff set another, euro cents excluding VAT. */
  readonly floorCents: number;
  /** Every version there was, oldest first: a request is shown by the one it was filled in on. */
  readonly forms: readonly Form[];
  /** The newest: what is asked today, and what campaigns are checked against. */
  readonly form: Form;
}

/** One answer. TEXT is a person's own words and personal data: it is sealed and never a matching fact. */
export type AnswerValue = string | number | boolean | readonly string[];
export type Answers = Readonly<Record<string, AnswerValue>>;
