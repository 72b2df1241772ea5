/** Loads in one statement what is known of a supplier's onboarding; null when no such supplier is visible. */
import type { EntityManager } from "typeorm";
import { isId } from "../../shared/months";
import type { OnboardingFacts } from "./onboarding";

type Row = Omit<OnboardingFacts, "termsInForce"> & { readonly name: string };

/** Times inside JSON are strings, so each is converted to a Date. */
export async function loadFacts(tx: EntityManager, supplierId: string): Promise<Row | null> {
  if (!isId(supplierId)) return null;
  const [found]: Row[] = await tx.query(factsOf, [supplierId]);
  if (!found) return null;
  const { checks, acceptances, waiver, ...row } = found;
  return {
    ...row,
    checks: checks.map((check) => ({ ...check, checkedAt: new Date(check.checkedAt) })),
    acceptances: acceptances.map((one) => ({ ...one, acceptedAt: new Date(one.acceptedAt) })),
    waiver: waiver && { ...waiver, waivedAt: new Date(waiver.waivedAt) },
  };
}

const factsOf = `
  SELECT s.siren, s.register_number AS "registerNumber", s.register_name AS "registerName",
    s.billing_country AS "billingCountry", s.name, s.asks_for_credit AS "asksForCredit", s.vat_number AS "vatNumber",
    coalesce((SELECT json_agg(json_build_object('kind', kind, 'number', number, 'valid', valid, 'source', source,
        'reference', reference, 'name', name, 'checkedAt', checked_at, 'checkedBy', checked_by)
        ORDER BY checked_at DESC, id DESC)
      FROM register_check WHERE supplier_id = s.supplier_id), '[]') AS checks,
    coalesce((SELECT json_agg(json_build_object('version', version, 'acceptedAt', accepted_at,
        'acceptedBy', accepted_by) ORDER BY accepted_at DESC)
      FROM terms_acceptance WHERE supplier_id = s.supplier_id), '[]') AS acceptances,
    (SELECT json_build_object('reason', reason, 'waivedAt', waived_at, 'waivedBy', waived_by)
      FROM onboarding_waiver WHERE supplier_id = s.supplier_id) AS waiver
  FROM supplier_profile s WHERE s.supplier_id = $1`;
