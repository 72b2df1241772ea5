/** A key or member can only be limited to what its supplier has: another one's site or campaign does not exist for it. */
import type { EntityManager } from "typeorm";
import { notFound } from "../../shared/errors";
import { isId } from "../../shared/months";
import type { Limits } from "./principal";

type Has = (tx: EntityManager, supplierId: string, ids: readonly string[]) => Promise<boolean>;

/** Whether all of these ids are the supplier's. The owners of sites and campaigns answer it. */
export interface Holdings {
  readonly hasSites: Has;
  readonly hasCampaigns: Has;
}

export type CheckLimits = (
  tx: EntityManager,
  supplierId: string | null,
  limits: Limits | null,
) => Promise<void>;

/** Throws NOT_FOUND for a site or campaign that is not the supplier's. */
export const limitCheck =
  ({ hasSites, hasCampaigns }: Holdings): CheckLimits =>
  async (tx, supplierId, limits) => {
    if (limits === null) return;
    const owns = async (has: Has, ids: readonly string[]): Promise<boolean> =>
      ids.length === 0 || (supplierId !== null && ids.every(isId) && (await has(tx, supplierId, ids)));
    if (!(await owns(hasSites, limits.sites))) throw notFound("site");
    if (!(await owns(hasCampaigns, limits.campaigns))) throw notFound("campaign");
  };
