/**
 * Which part of a supplier somebody may see: the campaigns that are listed, and every campaign of the sites that
 * are listed, also one that is created there later. What that means for a row is row-level security's answer;
 * here is only what can be said without looking at one.
 */
import { invalid } from "../../shared/errors";
import { isSupplierRole } from "./grants";
import type { JsonValue } from "./json-value";
import type { Limits, Role } from "./principal";

/** As they are asked for: a list that is left out limits nothing by itself. */
export interface LimitsInput {
  readonly sites?: readonly string[] | null;
  readonly campaigns?: readonly string[] | null;
}

/** As they are stored, beside each other and both or neither. */
export interface LimitColumns {
  readonly limitSites: string[] | null;
  readonly limitCampaigns: string[] | null;
}

/** Enough for a group's region, and still a statement's worth of text in each transaction. */
const mostIds = 200;

/** null: no limits are asked for. Whose sites and campaigns these are is the database's to say. */
export function readLimits(role: Role, { sites, campaigns }: LimitsInput): Limits | null {
  if (sites == null && campaigns == null) return null;
  if (role === "SUPPLIER_ADMIN") {
    throw invalid(
      "sites, campaigns: a SUPPLIER_ADMIN manages the whole supplier, its money and its people, and cannot be limited. Leave them out, or choose SUPPLIER_SALES or SUPPLIER_INTEGRATION.",
    );
  }
  if (!isSupplierRole(role))
    throw invalid(`sites, campaigns: the role ${role} belongs to no supplier. Leave them out.`);
  const limits = { sites: listOf("sites", sites), campaigns: listOf("campaigns", campaigns) };
  if (limits.sites.length + limits.campaigns.length > mostIds)
    throw invalid(
      `sites, campaigns: at most ${mostIds} in all. Limit to sites, and all their campaigns are seen.`,
    );
  return limits;
}

function listOf(field: string, ids: readonly string[] | null | undefined): string[] {
  if (ids == null) return [];
  if (ids.length > 0) return inOrder(ids);
  throw invalid(`${field}: an empty list does not mean all. Name at least one, or leave it out.`);
}

export const limitsOf = ({ limitSites, limitCampaigns }: LimitColumns): Limits | null =>
  limitSites === null || limitCampaigns === null ? null : { sites: limitSites, campaigns: limitCampaigns };

export const columnsOf = (limits: Limits | null): LimitColumns => ({
  limitSites: limits && [...limits.sites],
  limitCampaigns: limits && [...limits.campaigns],
});

/** For the audit: nothing, without any. */
export const traceOf = (limits: Limits | null): { readonly limits?: JsonValue } =>
  limits === null ? {} : { limits: { sites: [...limits.sites], campaigns: [...limits.campaigns] } };

type Limited = { readonly limits: Limits | null };

/** The same text for the same limits, in whatever order and however often they were listed; "" without any. */
export function limitsKeyOf({ limits }: Limited): string {
  if (limits === null) return "";
  return `sites ${textOf(limits.sites)} campaigns ${textOf(limits.campaigns)}`;
}

/** Each once and in order, so that what is stored, shown and compared is one text. */
export const inOrder = (ids: readonly string[]): string[] => [...new Set(ids)].sort();

const textOf = (ids: readonly string[]): string => inOrder(ids).join(",");
