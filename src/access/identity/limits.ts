/**
 * Limits restrict a member or key to a part of its supplier: the listed campaigns, and every campaign of the listed
 * sites, including those created later. This file validates, stores and compares limits. Row-level security applies
 * them to rows.
 */
import { invalid } from "../../shared/errors";
import { checkAll } from "../../shared/faults";
import { updated, type Sent } from "../../shared/updates";
import { isSupplierRole } from "./grants";
import type { JsonValue } from "./json-value";
import type { Limits, Role } from "./principal";

/** Limits as a caller requests them. A list that is left out grants nothing by itself. */
export interface LimitsInput {
  readonly siteIds?: readonly string[] | null;
  readonly campaignIds?: readonly string[] | null;
}

/** An absent list keeps its value, and null means that access is not limited by it. */
export interface LimitsUpdate {
  readonly siteIds?: Sent<readonly string[]>;
  readonly campaignIds?: Sent<readonly string[]>;
}

/** Limits as they are stored: both columns are null, or neither. */
export interface LimitColumns {
  readonly limitSites: string[] | null;
  readonly limitCampaigns: string[] | null;
}

/** Enough for one region of a large group, yet short enough to be set as text in each transaction. */
const mostIds = 200;

/** Returns null when no limits are requested. Does not check whose sites and campaigns these are: limits.service.ts. */
export function readLimits(role: Role, { siteIds, campaignIds }: LimitsInput): Limits | null {
  if (siteIds == null && campaignIds == null) return null;
  const field = siteIds == null ? "campaignIds" : "siteIds";
  if (role === "SUPPLIER_ADMIN") {
    throw invalid(
      "siteIds, campaignIds: a SUPPLIER_ADMIN manages the whole supplier, its money and its people, and cannot be limited. Leave them out, or choose SUPPLIER_SALES or SUPPLIER_INTEGRATION.",
      { reason: "NOT_ALLOWED", field },
    );
  }
  if (!isSupplierRole(role))
    throw invalid(`siteIds, campaignIds: the role ${role} belongs to no supplier. Leave them out.`, {
      reason: "NOT_ALLOWED",
      field,
    });
  const lists = checkAll<{ siteIds: string[]; campaignIds: string[] }>({
    siteIds: () => listOf("siteIds", siteIds),
    campaignIds: () => listOf("campaignIds", campaignIds),
  });
  if (lists.siteIds.length + lists.campaignIds.length > mostIds)
    throw invalid(
      `siteIds, campaignIds: at most ${mostIds} in all. List sites instead: access to a site covers all its campaigns.`,
      { reason: "TOO_MANY", field },
    );
  return { sites: lists.siteIds, campaigns: lists.campaignIds };
}

/** The limits of a member after an update. Throws like `readLimits`. */
export function changedLimits(role: Role, current: Limits | null, update: LimitsUpdate): Limits | null {
  const listed = (ids: readonly string[] | undefined): readonly string[] | null =>
    ids === undefined || ids.length === 0 ? null : ids;
  return readLimits(role, {
    siteIds: updated(update.siteIds, { current: listed(current?.sites), byDefault: null }),
    campaignIds: updated(update.campaignIds, { current: listed(current?.campaigns), byDefault: null }),
  });
}

function listOf(field: string, ids: readonly string[] | null | undefined): string[] {
  if (ids == null) return [];
  if (ids.length > 0) return inOrder(ids);
  throw invalid(`${field}: an empty list does not mean all. Name at least one, or leave it out.`, {
    reason: "EMPTY",
  });
}

export const limitsOf = ({ limitSites, limitCampaigns }: LimitColumns): Limits | null =>
  limitSites === null || limitCampaigns === null ? null : { sites: limitSites, campaigns: limitCampaigns };

export const columnsOf = (limits: Limits | null): LimitColumns => ({
  limitSites: limits && [...limits.sites],
  limitCampaigns: limits && [...limits.campaigns],
});

/** The detail of an audit event; empty without limits. */
export const traceOf = (limits: Limits | null): { readonly limits?: JsonValue } =>
  limits === null ? {} : { limits: { sites: [...limits.sites], campaigns: [...limits.campaigns] } };

type Limited = { readonly limits: Limits | null };

/** A text that is equal exactly for equal limits, whatever the order of ids and duplicates; "" without limits. */
export function limitsKeyOf({ limits }: Limited): string {
  if (limits === null) return "";
  return `sites ${textOf(limits.sites)} campaigns ${textOf(limits.campaigns)}`;
}

/** Removes duplicates and sorts, so that equal lists are stored, shown and compared alike. */
export const inOrder = (ids: readonly string[]): string[] => [...new Set(ids)].sort();

const textOf = (ids: readonly string[]): string => inOrder(ids).join(",");
