/**
 * Which criteria of existing campaigns would a new version of a form invalidate? Checked before the version
 * is published.
 */
import type { EntityManager } from "typeorm";
import type { Form } from "../../reference/catalogue";
import { AppError } from "../../shared/errors";
import { checkCriteria } from "./check-criteria";
import { type Criterion } from "./terms";

/** One sentence per problem, with the number of campaigns it concerns. */
export async function criteriaBrokenBy(tx: EntityManager, form: Form): Promise<string[]> {
  const rows: { criteria: Criterion[] }[] = await tx.query(
    `SELECT v.terms->'criteria' AS criteria
     FROM campaign c JOIN campaign_version v ON v.campaign_id = c.id AND v.version = c.version
     WHERE c.product_id = $1 AND c.status <> 'ARCHIVED' AND v.terms->'criteria' <> '[]'::jsonb`,
    [form.product],
  );
  const campaignsBy = new Map<string, number>();
  for (const { criteria } of rows) {
    const fault = faultOf(criteria, form);
    if (fault !== null) campaignsBy.set(fault, (campaignsBy.get(fault) ?? 0) + 1);
  }
  return [...campaignsBy].map(
    ([fault, campaigns]) =>
      `${fault} Campaigns that ask for it: ${String(campaigns)}. Keep it in the form, or have them edited first.`,
  );
}

function faultOf(criteria: readonly Criterion[], form: Form): string | null {
  try {
    checkCriteria(criteria, form);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
