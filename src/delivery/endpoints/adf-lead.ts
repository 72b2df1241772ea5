/** The fields of a lead that an ADF document uses, and the GraphQL selection that reads them as the supplier may. */
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

/** The GraphQL selection on Lead that yields an `AdfLead`. */
export const adfSelection = `
  id product { id } submittedAt
  answers { field label type value }
  place { postcode commune { name departement } }
  contact { civility firstName lastName phone email street postcode city channels }
  withheld { field reason }
  consentReceipt { givenAt }`;
