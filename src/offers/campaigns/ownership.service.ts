import { In, type EntityManager } from "typeorm";
import { CampaignEntity } from "./campaign.entity";

/** Whether all of these campaigns are the supplier's. */
export async function hasCampaigns(
  tx: EntityManager,
  supplierId: string,
  ids: readonly string[],
): Promise<boolean> {
  const wanted = [...new Set(ids)];
  return (await tx.countBy(CampaignEntity, { id: In(wanted), supplierId })) === wanted.length;
}
