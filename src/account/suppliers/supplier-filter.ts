/** Which suppliers a list holds: the conditions of the query, and the check of the input. */
import { checkOneLine } from "../../shared/lines";
import { checkField } from "../../shared/faults";
import type { BillingMode } from "../ledger";

/** Absent and null do not filter. */
export interface SupplierFilter {
  readonly text?: string | null;
  readonly departement?: string | null;
  readonly country?: string | null;
  readonly billingMode?: BillingMode | null;
  readonly isSuspended?: boolean | null;
}

const longestText = 100;

export const checkFilter = (filter: SupplierFilter): SupplierFilter =>
  filter.text == null
    ? filter
    : {
        ...filter,
        text: checkField("filter.text", () => checkOneLine("text", filter.text ?? "", { most: longestText })),
      };

interface Condition {
  readonly sql: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const account = (condition: string): string =>
  `EXISTS (SELECT FROM account_state a WHERE a.supplier_id = supplier.id AND ${condition})`;

/** Conditions on `supplier`, all of which a supplier has to meet. */
export function conditionsOf({
  text,
  departement,
  country,
  billingMode,
  isSuspended,
}: SupplierFilter): Condition[] {
  const conditions: Condition[] = [];
  if (text != null) {
    const sql =
      "(supplier.name ILIKE :part OR supplier.groupLabel ILIKE :part OR supplier.siren LIKE :beginning" +
      " OR supplier.vatNumber LIKE :number OR supplier.registerNumber LIKE :number)";
    const literal = text.replaceAll(/[\\%_]/g, String.raw`\$&`);
    const number = `${literal.toUpperCase().replaceAll(/[\s.-]/g, "")}%`;
    conditions.push({
      sql,
      values: { part: `%${literal}%`, beginning: `${literal.replaceAll(" ", "")}%`, number },
    });
  }
  if (departement != null)
    conditions.push({ sql: "supplier.departement = :departement", values: { departement } });
  if (country != null) conditions.push({ sql: "supplier.country = :country", values: { country } });
  if (billingMode != null)
    conditions.push({ sql: account("a.mode = :billingMode"), values: { billingMode } });
  if (isSuspended != null) {
    const sql = account(`a.suspension IS ${isSuspended ? "NOT NULL" : "NULL"}`);
    conditions.push({ sql, values: {} });
  }
  return conditions;
}
