/**
 * Which criteria of existing campaigns would a new version of a form invalidate? Checked before the version
 * is published.
 */
import type { EntityManager } from "typeorm";
import type { Form } from "../../reference/catalogue";
import { AppError } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
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
    for (const fault of sentencesOf(criteria, form)) {
      campaignsBy.set(fault, (campaignsBy.get(fault) ?? 0) + 1);
    }
  }
  return [...campaignsBy].map(
    ([fault, campaigns]) =>
      `${fault} Campaigns that ask for it: ${String(campaigns)}. Keep it in the form, or have them edited first.`,
  );
}

function sentencesOf(criteria: readonly Criterion[], form: Form): ReadonlySet<string> {
  try {
    checkCriteria(criteria, form);
    return new Set();
  } catch (error) {
    if (error instanceof AppError) return new Set(faultsOf(error).map(({ message }) => message));
    throw error;
  }
}
