/** What an ADF document is made of: a lead as its supplier may read it at this moment, asked for like any reader does. */
import type { AnswerValue, ContactChannel, FieldType } from "../../reference/catalogue";
import type { Contact } from "../../people/leads";

export interface AdfAnswer {
  readonly field: string;
  readonly label: string;
  readonly type: FieldType;
  readonly value: AnswerValue;
}

type Visible = { readonly [K in keyof Contact]: Contact[K] | null };

export interface AdfLead {
  readonly id: string;
  readonly product: { readonly id: string };
  readonly submittedAt: string;
  readonly answers: readonly AdfAnswer[];
  readonly place: {
    readonly postcode: string;
    readonly commune: { readonly name: string; readonly departement: string };
  };
  readonly contact: Visible & { readonly channels: readonly ContactChannel[] };
  readonly withheld: readonly { readonly field: string; readonly reason: string }[];
  readonly consentReceipt: { readonly givenAt: string };
}

/** The shape above, as a selection on Lead. */
export const adfSelection = `
  id product { id } submittedAt
  answers { field label type value }
  place { postcode commune { name departement } }
  contact { civility firstName lastName phone email street postcode city channels }
  withheld { field reason }
  consentReceipt { givenAt }`;
