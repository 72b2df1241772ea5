/** The GraphQL operations of a form site and of the person who made a request. */
import type { Operation } from "./api";

export interface FormField {
  readonly id: string;
  readonly type: "CHOICE" | "MULTICHOICE" | "NUMBER" | "BOOLEAN" | "TEXT" | "DATE";
  readonly required: boolean;
  readonly min: number | null;
  readonly max: number | null;
  readonly options: readonly { readonly value: string }[] | null;
}

interface FormAnswer {
  readonly form: {
    readonly fields: readonly FormField[];
    readonly consent: { readonly purposes: readonly { readonly purpose: string }[] };
  };
}

export const formOperation: Operation<{ product: string }, FormAnswer> = {
  query: `query ($product: ID!) { form(product: $product) {
    fields { id type required min max options { value } } consent { purposes { purpose } } } }`,
};

export interface Commune {
  readonly inseeCode: string;
  readonly name: string;
}

export const communesOperation: Operation<{ postcode: string }, { communes: readonly Commune[] }> = {
  query: "query ($postcode: String!) { communes(postcode: $postcode) { inseeCode name } }",
};

export interface Answer {
  readonly field: string;
  readonly value: unknown;
}

interface PreviewInput {
  readonly product: string;
  readonly answers: readonly Answer[];
  readonly location: { readonly postcode: string; readonly inseeCode: string };
}

export interface Recipient {
  readonly supplierId: string;
  readonly name: string;
}

interface PreviewAnswer {
  readonly previewRecipients: { readonly token: string; readonly recipients: readonly Recipient[] };
}

export const previewOperation: Operation<{ input: PreviewInput }, PreviewAnswer> = {
  query: `mutation ($input: PreviewRecipientsInput!) { previewRecipients(input: $input) {
    token recipients { supplierId name } } }`,
};

export interface Contact {
  readonly civility: "MADAME" | "MONSIEUR" | "UNSPECIFIED";
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly postcode: string;
  readonly city: string;
}

export interface Grant {
  readonly purpose: string;
  readonly supplierIds?: readonly string[];
  readonly channels?: readonly string[];
}

export interface SubmitInput {
  readonly token: string;
  readonly contact: Contact;
  readonly grants: readonly Grant[];
  readonly confirmBy: "EMAIL";
}

export type IntakeAnswer =
  | { readonly __typename: "LeadSubmitted"; readonly reference: string; readonly personalToken: string }
  | {
      readonly __typename: "ConfirmationRequired";
      readonly reference: string;
      readonly personalToken: string;
      readonly demoCode: string | null;
    }
  | { readonly __typename: "LeadRefused"; readonly reason: string };

const answerFields = `__typename ... on LeadSubmitted { reference personalToken }
  ... on ConfirmationRequired { reference personalToken demoCode } ... on LeadRefused { reason }`;

export const submitOperation: Operation<{ input: SubmitInput }, { submitLead: IntakeAnswer }> = {
  query: `mutation ($input: SubmitLeadInput!) { submitLead(input: $input) { ${answerFields} } }`,
};

export const confirmOperation: Operation<
  { input: { reference: string; code: string } },
  { confirmPhone: IntakeAnswer }
> = { query: `mutation ($input: ConfirmPhoneInput!) { confirmPhone(input: $input) { ${answerFields} } }` };

interface Withdrawal {
  readonly channels?: readonly string[];
  readonly supplierIds?: readonly string[];
}

export const withdrawOperation: Operation<{ input: Withdrawal }, unknown> = {
  query: "mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { state } }",
};
