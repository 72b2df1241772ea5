/** Checks that a key or member is limited only to sites and campaigns of its own supplier. */
import type { EntityManager } from "typeorm";
import { notFound } from "../../shared/errors";
import { isId } from "../../shared/months";
import type { Limits } from "./principal";

type Has = (tx: EntityManager, supplierId: string, ids: readonly string[]) => Promise<boolean>;

/** Whether all of these ids belong to the supplier. The suppliers and campaigns features implement this. */
export interface Holdings {
  readonly hasSites: Has;
  readonly hasCampaigns: Has;
}

export type CheckLimits = (
  tx: EntityManager,
  supplierId: string | null,
  limits: Limits | null,
) => Promise<void>;

/** The returned check throws NOT_FOUND for a site or campaign that does not belong to the supplier. */
export const limitCheck =
  ({ hasSites, hasCampaigns }: Holdings): CheckLimits =>
  async (tx, supplierId, limits) => {
    if (limits === null) return;
    const owns = async (has: Has, ids: readonly string[]): Promise<boolean> =>
      ids.length === 0 || (supplierId !== null && ids.every(isId) && (await has(tx, supplierId, ids)));
    if (!(await owns(hasSites, limits.sites))) throw notFound("site");
    if (!(await owns(hasCampaigns, limits.campaigns))) throw notFound("campaign");
  };
