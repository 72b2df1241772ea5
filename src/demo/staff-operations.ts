/** The GraphQL operations that staff and a supplier's administrator use to set up a supplier. */
import type { Operation } from "./api";

export interface CreateSupplierInput {
  readonly name: string;
  readonly siren: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly departement: string;
  readonly billingMode: "PREPAID" | "POSTPAID";
  readonly creditLimitCents: number;
}

export interface ZoneInput {
  readonly country?: string;
  readonly region?: string;
  readonly departement?: string;
  readonly commune?: string;
  readonly circle?: { readonly longitude: number; readonly latitude: number; readonly radiusKm: number };
}

export interface CriterionInput {
  readonly field: string;
  readonly oneOf?: readonly string[];
  readonly noneOf?: readonly string[];
  readonly min?: number | string;
  readonly max?: number | string;
}

export interface CampaignInput {
  readonly name: string;
  readonly product: string;
  readonly site?: string;
  readonly zones: readonly ZoneInput[];
  readonly excludedZones?: readonly ZoneInput[];
  readonly criteria: readonly CriterionInput[];
  readonly pricePerLeadCents: number;
  readonly caps: readonly { readonly unit: string; readonly period: string; readonly limit: number }[];
  readonly timeZone?: string;
  readonly maxSeats?: number;
}

export interface SupplierRow {
  readonly id: string;
  readonly name: string;
  readonly identifiers: readonly { readonly value: string }[];
  readonly sites: readonly { readonly id: string }[];
  readonly account: { readonly availableCents: number } | null;
}

const supplierFields = "id name identifiers { value } sites { id } account { availableCents }";

export interface SupplierPage {
  readonly edges: readonly { readonly node: SupplierRow }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export const suppliersOperation: Operation<{ after: string | null }, { suppliers: SupplierPage }> = {
  query: `query ($after: Cursor) { suppliers(first: 100, after: $after) {
    edges { node { ${supplierFields} } } pageInfo { hasNextPage endCursor } } }`,
};

export const createSupplierOperation: Operation<
  { input: CreateSupplierInput },
  { createSupplier: SupplierRow }
> = {
  query: `mutation ($input: CreateSupplierInput!) { createSupplier(input: $input) { ${supplierFields} } }`,
};

/** Waives the onboarding checks, because the demo's suppliers are invented and in no register. */
export const waiveOnboardingOperation: Operation<{ supplier: string }, { waiveOnboarding: unknown }> = {
  query: `mutation ($supplier: ID!) {
    waiveOnboarding(supplierId: $supplier, reason: "Demo: the supplier is invented.") { complete } }`,
};

interface SiteInput {
  readonly supplierId: string;
  readonly name: string;
  readonly siret: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
}

export const createSiteOperation: Operation<{ input: SiteInput }, { createSite: { id: string } }> = {
  query: "mutation ($input: CreateSiteInput!) { createSite(input: $input) { id } }",
};

interface TransferInput {
  readonly supplierId: string;
  readonly amountInclVatCents: number;
  readonly receivedOn: string;
  readonly bankReference: string;
}

export const recordTransferOperation: Operation<{ input: TransferInput }, unknown> = {
  query: "mutation ($input: BankTransferInput!) { recordBankTransfer(input: $input) { transferId } }",
};

export interface KeyInput {
  readonly role: "FORM" | "SUPPLIER_INTEGRATION";
  readonly label: string;
  readonly supplierId?: string;
  readonly waiveGoLive?: string;
}

export const createKeyOperation: Operation<{ input: KeyInput }, { createApiKey: { token: string | null } }> =
  { query: "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { token } }" };

interface MemberInput {
  readonly role: "SUPPLIER_ADMIN";
  readonly supplierId: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export const createMemberOperation: Operation<{ input: MemberInput }, unknown> = {
  query: "mutation ($input: CreateMemberInput!) { createMember(input: $input) { id } }",
};

interface ViewerAnswer {
  readonly viewer: { readonly role: string; readonly supplier: { readonly id: string } | null };
}

export const viewerOperation: Operation<Record<string, never>, ViewerAnswer> = {
  query: "{ viewer { role supplier { id } } }",
};

interface FloorsAnswer {
  readonly priceFloors: readonly { readonly floorCents: number }[];
}

export const priceFloorsOperation: Operation<{ product: string }, FloorsAnswer> = {
  query: "query ($product: ID!) { priceFloors(product: $product) { floorCents } }",
};

interface CampaignNames {
  readonly campaigns: { readonly edges: readonly { readonly node: { readonly name: string } }[] };
}

export const campaignNamesOperation: Operation<Record<string, never>, CampaignNames> = {
  query: "{ campaigns(first: 100) { edges { node { name } } } }",
};

export const createCampaignOperation: Operation<
  { input: CampaignInput },
  { createCampaign: { id: string } }
> = { query: "mutation ($input: CampaignInput!) { createCampaign(input: $input) { id } }" };
