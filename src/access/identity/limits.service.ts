/** Limits are to what the supplier has: another one's site or campaign does not exist for it. */
import type { EntityManager } from "typeorm";
import { notFound } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import { isId } from "../../shared/months";
import type { Limits } from "./principal";

export async function checkOwned(
  tx: EntityManager,
  supplierId: string | null,
  limits: Limits | null,
): Promise<void> {
  if (limits === null) return;
  const owned = async (table: "site" | "campaign", ids: readonly string[]): Promise<boolean> => {
    if (!ids.every(isId)) return false;
    const rows: { count: string }[] = await tx.query(
      `SELECT count(*) FROM ${table} WHERE id = ANY ($1) AND supplier_id = $2`,
      [ids, supplierId],
    );
    return integerOf(rows[0]?.count) === ids.length;
  };
  if (!(await owned("site", limits.sites))) throw notFound("site");
  if (!(await owned("campaign", limits.campaigns))) throw notFound("campaign");
}
