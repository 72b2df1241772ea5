/**
 * The steps of a lead's journey as short functions over the public API. A test passes only what matters to it.
 */
import { randomInt, randomUUID } from "node:crypto";
import { ask, must, type Address, type GraphQLAnswer } from "./client";

export interface Access extends Address {
  readonly adminToken: string;
  readonly formToken: string;
}

export interface TestSupplier {
  readonly id: string;
  readonly name: string;
  /** A SUPPLIER_INTEGRATION key. */
  readonly token: string;
}

export interface SupplierOptions {
  readonly name?: string;
  readonly billingMode?: "PREPAID" | "POSTPAID";
  readonly creditLimitCents?: number;
  /** The amount paid in at the start, including 20 % VAT. */
  readonly paidInclVatCents?: number;
}

/** An invented SIREN of nine digits with a valid Luhn key. */
export function inventedSiren(): string {
  const eight = String(randomInt(10_000_000, 99_999_999));
  const sum = [...eight].reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return eight + String((10 - (sum % 10)) % 10);
}

/** The first valid SIRET of this SIREN whose site number is at least `from`. */
export function siretOf(siren: string, from = 0): string {
  for (let last = from; last < 100_000; last++) {
    const siret = siren + String(last).padStart(5, "0");
    const sum = [...siret].reduce((total, digit, index) => {
      const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
    if (sum % 10 === 0) return siret;
  }
  throw new Error("No site number fits.");
}

export async function newSupplier(access: Access, options: SupplierOptions = {}): Promise<TestSupplier> {
  const {
    name = `Garage ${randomUUID().slice(0, 8)}`,
    billingMode = "PREPAID",
    paidInclVatCents = 120_000_00,
  } = options;
  const input = {
    name,
    siren: inventedSiren(),
    street: "1 rue de l'Essai",
    postcode: "69001",
    city: "Lyon",
    departement: "69",
    billingMode,
    creditLimitCents: billingMode === "PREPAID" ? 0 : (options.creditLimitCents ?? 100_000_00),
  };
  const { createSupplier } = await must(access, access.adminToken, {
    query: "mutation ($input: CreateSupplierInput!) { createSupplier(input: $input) { id } }",
    variables: { input },
  });
  const id = createSupplier.id as string;
  await waiveOnboarding(access, id);
  if (billingMode === "PREPAID" && paidInclVatCents > 0) await payIn(access, id, paidInclVatCents);
  return { id, name, token: await newKey(access, id) };
}

/** Waives the onboarding checks, because an invented supplier is in no register. */
export const waiveOnboarding = (access: Access, id: string): Promise<unknown> =>
  must(access, access.adminToken, {
    query:
      'mutation ($id: ID!) { waiveOnboarding(supplierId: $id, reason: "Test: it is invented.") { complete } }',
    variables: { id },
  });

/** Waives the go-live checks, which are not the subject of these tests. */
export const waiveGoLive = "Test: the client is the test itself.";

export async function newKey(
  access: Access,
  supplierId: string,
  role = "SUPPLIER_INTEGRATION",
): Promise<string> {
  const { createApiKey } = await must(access, access.adminToken, {
    query: "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { token key { id } } }",
    variables: { input: { role, supplierId, label: "test", waiveGoLive } },
  });
  return createApiKey.token as string;
}

export async function payIn(access: Access, supplierId: string, amountInclVatCents: number): Promise<void> {
  await must(access, access.adminToken, {
    query: "mutation ($input: BankTransferInput!) { recordBankTransfer(input: $input) { transferId } }",
    variables: {
      input: { supplierId, amountInclVatCents, receivedOn: "2026-11-20", bankReference: randomUUID() },
    },
  });
}

export const campaignInput = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  name: "Neuves",
  product: "NEW_CAR",
  zones: [{ departement: "69" }],
  criteria: [],
  pricePerLeadCents: 3_000,
  caps: [],
  ...change,
});

export async function newCampaign(
  access: Access,
  { token }: TestSupplier,
  change: Record<string, unknown> = {},
): Promise<string> {
  const { createCampaign } = await must(access, token, {
    query: "mutation ($input: CampaignInput!) { createCampaign(input: $input) { id } }",
    variables: { input: campaignInput(change) },
  });
  return createCampaign.id as string;
}

/** The required fields only. A test adds the fields it is about. */
export const answers = (change: Record<string, unknown> = {}): { field: string; value: unknown }[] =>
  Object.entries({ ...requiredAnswers, ...change }).map(([field, value]) => ({ field, value }));

const requiredAnswers: Record<string, unknown> = { budgetEuros: 25_000, horizon: "WITHIN_3_MONTHS" };

export async function preview(
  access: Access,
  change: {
    product?: string;
    answers?: { field: string; value: unknown }[];
    location?: Record<string, unknown>;
  } = {},
): Promise<{
  token: string;
  recipients: { supplierId: string; name: string; city: string }[];
  rankedBy: string;
  rankingUrl: string;
  consent: { text: string; textHash: string };
}> {
  const input = {
    product: "NEW_CAR",
    answers: answers(),
    location: { postcode: "69003", inseeCode: "69123" },
    ...change,
  };
  const { previewRecipients } = await must(access, access.formToken, {
    query: `mutation ($input: PreviewRecipientsInput!) {
      previewRecipients(input: $input) { token expiresAt rankedBy rankingUrl recipients { supplierId name city } consent { text textHash } } }`,
    variables: { input },
  });
  return previewRecipients as Awaited<ReturnType<typeof preview>>;
}

let lastPhone = randomInt(10_000);

/** A new number each time from a range reserved for fiction; the same number means the same person. */
export function inventedPhone(): string {
  lastPhone = (lastPhone + 1) % 10_000;
  return `+3319900${String(lastPhone).padStart(4, "0")}`;
}

/** A new invented person each time, because codes are limited per address. */
export const person = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  civility: "MADAME",
  firstName: "Zélie",
  lastName: "Essai",
  email: `zelie.${randomUUID()}@exemple.example`,
  postcode: "69003",
  city: "Lyon",
  ...change,
});

export const transmitTo = (supplierIds: string[], channels = ["EMAIL"]): Record<string, unknown> => ({
  purpose: "TRANSMIT",
  supplierIds,
  channels,
});

export const submitMutation = `mutation ($input: SubmitLeadInput!) { submitLead(input: $input) {
  __typename
  ... on LeadSubmitted { reference personalToken personalLink }
  ... on ConfirmationRequired { reference personalToken sentTo expiresAt attemptsLeft demoCode }
  ... on LeadRefused { reason message } } }`;

export async function submit(access: Access, input: Record<string, unknown>): Promise<GraphQLAnswer> {
  return ask(access, access.formToken, { query: submitMutation, variables: { input } });
}

export const confirmMutation = `mutation ($input: ConfirmPhoneInput!) { confirmPhone(input: $input) {
  __typename
  ... on LeadSubmitted { reference personalToken personalLink }
  ... on ConfirmationRequired { attemptsLeft demoCode }
  ... on LeadRefused { reason message } } }`;

export interface SentLead {
  readonly reference: string;
  readonly personalToken: string;
}

export interface LeadOptions {
  readonly to: readonly TestSupplier[];
  readonly product?: string;
  readonly channels?: string[];
  readonly contact?: Record<string, unknown>;
  readonly answers?: { field: string; value: unknown }[];
  readonly location?: Record<string, unknown>;
  readonly waitUntil?: Date;
}

/** Submits and confirms a request. The server then delivers it in the background. */
export async function sendLead(access: Access, options: LeadOptions): Promise<SentLead> {
  const { token } = await preview(access, {
    ...(options.product !== undefined && { product: options.product }),
    ...(options.answers && { answers: options.answers }),
    ...(options.location && { location: options.location }),
  });
  const grants = [
    transmitTo(
      options.to.map(({ id }) => id),
      options.channels,
    ),
  ];
  const { data, errors } = await submit(access, {
    token,
    contact: options.contact ?? person(),
    grants,
    ...(options.waitUntil && { waitUntil: options.waitUntil.toISOString() }),
  });
  const required = data?.submitLead;
  if (required?.__typename !== "ConfirmationRequired") throw new Error(JSON.stringify(errors ?? data));
  const { confirmPhone } = await must(access, access.formToken, {
    query: confirmMutation,
    variables: { input: { reference: required.reference, code: required.demoCode } },
  });
  if (confirmPhone.__typename !== "LeadSubmitted") throw new Error(JSON.stringify(confirmPhone));
  return { reference: required.reference, personalToken: required.personalToken };
}

export const feedSubscription = `subscription ($after: Cursor) { leadFeed(after: $after) {
  __typename cursor at
  ... on LeadMatched { leadId lead { id seat seats priceCents contact { firstName lastName phone email channels } withheld { field reason } } }
  ... on LeadUpdated { leadId changed lead { id contact { phone email channels } } }
  ... on LeadRevoked { leadId reason acknowledgeBy }
  ... on CapReached { campaign { id } cap { unit period limit } resetsAt } } }`;

export const feedQuery = `query ($first: Int, $after: Cursor) { feed(first: $first, after: $after) {
  endCursor hasMore events { __typename cursor ... on LeadMatched { leadId lead { id } } ... on LeadUpdated { leadId } ... on LeadRevoked { leadId reason } } } }`;

/** All events of a supplier's feed so far, by polling. */
export async function wholeFeed(access: Access, { token }: TestSupplier): Promise<any[]> {
  const events: any[] = [];
  for (let after: string | null = null; ;) {
    const { feed } = await must(access, token, { query: feedQuery, variables: { first: 100, after } });
    events.push(...feed.events);
    if (!feed.hasMore) return events;
    after = feed.endCursor;
  }
}
