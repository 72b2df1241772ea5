/** The opening balances with which the FEC of a year begins. */
import type { EntityManager } from "typeorm";
import { chart, type AccountCode } from "../../account/ledger";
import { integerOf } from "../../shared/integer";
import type { FecLine } from "./fec";

/** Accounts of classes 1 to 5 are carried over; the earlier result is on one line. */
export async function openingLines(tx: EntityManager, year: number): Promise<FecLine[]> {
  const rows: { account: AccountCode; code: string | null; name: string | null; cents: string }[] =
    await tx.query(
      `SELECT l.account, s.code, s.name, sum(l.debit_cents - l.credit_cents) AS cents
     FROM journal_line l LEFT JOIN supplier_profile s ON s.supplier_id = l.supplier_id WHERE l.year < $1
     GROUP BY l.account, s.code, s.name HAVING sum(l.debit_cents - l.credit_cents) <> 0
     ORDER BY l.account, s.code`,
      [year],
    );
  const day = `${String(year)}-01-01`;
  const carried = rows.filter(({ account }) => account < "6");
  const result = rows.reduce((sum, { account, cents }) => sum + (account < "6" ? 0 : integerOf(cents)), 0);
  const head = { journal: "AN", journalLabel: "À nouveaux", number: "1", dated: day, validated: day };
  const piece = { piece: `AN${String(year)}`, pieceDate: day, label: "À nouveaux" };
  const side = (cents: number) => ({ debitCents: Math.max(0, cents), creditCents: Math.max(0, -cents) });
  const lines = carried.map(({ account, code, name, cents }) => ({
    ...{ ...head, ...piece, account, accountLabel: chart[account].FR },
    supplier: code === null ? null : { code, name: name ?? "" },
    ...side(integerOf(cents)),
  }));
  if (result === 0) return lines;
  const own =
    result < 0 ? { account: "120", accountLabel: "Bénéfice" } : { account: "129", accountLabel: "Perte" };
  return [...lines, { ...head, ...piece, ...own, supplier: null, ...side(result) }];
}
