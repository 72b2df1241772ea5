/**
 * Creates the demo's suppliers through the public API. Only what is missing is created, so the next start completes
 * one that was interrupted. In a database that has only other suppliers it adds none.
 */
import { systemClock } from "../platform/clock";
import { Accesses, type Holder } from "./accesses";
import type { Api } from "./api";
import { cast, type CastMember } from "./cast";
import type { DemoFile, StaffAccess, SupplierAccess } from "./demo-file";
import { randomText } from "./random";
import { inventedSiret } from "./registration";
import {
  campaignNamesOperation,
  createCampaignOperation,
  createSiteOperation,
  createSupplierOperation,
  priceFloorsOperation,
  recordTransferOperation,
  suppliersOperation,
  waiveOnboardingOperation,
  type SupplierPage,
  type SupplierRow,
} from "./staff-operations";

export interface FurnishOptions {
  readonly api: Api;
  readonly staff: StaffAccess;
  /** The demo file of an earlier start. */
  readonly kept: Partial<DemoFile>;
}

interface Furnishing extends FurnishOptions {
  readonly accesses: Accesses;
}

// Each member account costs a slow password hash, and a file with hundreds of accounts is of no use.
const mostAccesses = 20;
const mostPages = 20;
const dayMs = 86_400_000;

export async function furnish(options: FurnishOptions): Promise<DemoFile> {
  const { api, staff, kept } = options;
  const accesses = new Accesses(api, staff.token, kept);
  const present = await allSuppliers(options);
  const isOurs = (row: SupplierRow): boolean => cast.some(({ supplier }) => isSame(row, supplier.siren));
  const suppliers: SupplierAccess[] = [];
  if (present.length === 0 || present.some(isOurs)) {
    for (const member of cast) suppliers.push(await furnishOne({ ...options, accesses }, member, present));
  }
  const others = present.filter((row) => !isOurs(row)).slice(0, mostAccesses - suppliers.length);
  for (const row of others) suppliers.push(await accesses.ofSupplier(holderOf(row)));
  const [first] = suppliers;
  return {
    url: api.url,
    wsUrl: api.wsUrl,
    formKey: await accesses.formKey(),
    staff,
    suppliers,
    terminalKey: first ? await accesses.terminalKey(first.id) : null,
  };
}

async function allSuppliers({ api, staff }: FurnishOptions): Promise<SupplierRow[]> {
  const rows: SupplierRow[] = [];
  let after: string | null = null;
  for (let number = 0; number < mostPages; number++) {
    const page: SupplierPage = (await api.ask(staff.token, suppliersOperation, { after })).suppliers;
    rows.push(...page.edges.map(({ node }) => node));
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  return rows;
}

async function furnishOne(
  furnishing: Furnishing,
  member: CastMember,
  present: readonly SupplierRow[],
): Promise<SupplierAccess> {
  const { supplier, domain } = member;
  const row =
    present.find((one) => isSame(one, supplier.siren)) ?? (await createSupplier(furnishing, member));
  const site = row.sites[0]?.id ?? (await createSite(furnishing, member, row.id));
  await furnishing.api.ask(furnishing.staff.token, waiveOnboardingOperation, { supplier: row.id });
  await payIn(furnishing, member, row);
  const access = await furnishing.accesses.ofSupplier({ id: row.id, name: row.name, domain });
  await createCampaigns(furnishing.api, { member, site, apiKey: access.apiKey });
  return access;
}

const isSame = ({ identifiers }: SupplierRow, siren: string): boolean =>
  identifiers.some(({ value }) => value === siren);

async function createSupplier(
  { api, staff }: FurnishOptions,
  { supplier }: CastMember,
): Promise<SupplierRow> {
  const { createSupplier: row } = await api.ask(staff.token, createSupplierOperation, { input: supplier });
  return row;
}

async function createSite(
  { api, staff }: FurnishOptions,
  { supplier }: CastMember,
  supplierId: string,
): Promise<string> {
  const { street, postcode, city, siren } = supplier;
  const input = { supplierId, name: city, siret: inventedSiret(siren), street, postcode, city };
  return (await api.ask(staff.token, createSiteOperation, { input })).createSite.id;
}

/** Records a transfer when the balance runs low, because a demo that runs for days spends its credit. */
async function payIn({ api, staff }: FurnishOptions, member: CastMember, row: SupplierRow): Promise<void> {
  const amountInclVatCents = member.transferCents;
  if (amountInclVatCents === 0 || (row.account?.availableCents ?? 0) >= amountInclVatCents / 10) return;
  // Yesterday in UTC is never a future date in Paris.
  const receivedOn = new Date(systemClock.now().getTime() - dayMs).toISOString().slice(0, 10);
  const bankReference = `DEMO-${member.supplier.siren}-${randomText(6)}`;
  const input = { supplierId: row.id, amountInclVatCents, receivedOn, bankReference };
  await api.ask(staff.token, recordTransferOperation, { input });
}

interface SuppliedKey {
  readonly member: CastMember;
  readonly site: string;
  readonly apiKey: string;
}

/** Creates campaigns with the supplier's own key, as a supplier would. */
async function createCampaigns(api: Api, { member, site, apiKey }: SuppliedKey): Promise<void> {
  const { campaigns } = await api.ask(apiKey, campaignNamesOperation, {});
  const names = campaigns.edges.map(({ node }) => node.name);
  for (const campaign of member.campaigns.filter(({ name }) => !names.includes(name))) {
    // The operator may have raised a floor since the demo's prices were chosen.
    const { priceFloors } = await api.ask(apiKey, priceFloorsOperation, { product: campaign.product });
    const floors = priceFloors.map(({ floorCents }) => floorCents);
    const pricePerLeadCents = Math.max(campaign.pricePerLeadCents, ...floors);
    await api.ask(apiKey, createCampaignOperation, { input: { ...campaign, pricePerLeadCents, site } });
  }
}

const holderOf = ({ id, name }: SupplierRow): Holder => ({
  id,
  name,
  domain: `supplier-${id.slice(0, 8)}.example`,
});
