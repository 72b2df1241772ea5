/**
 * The opening balances with which the FEC of a year begins. 411 and 4191 are carried over by what is open on each
 * document, so that a payment of this year is lettered with what it settles of an earlier one.
 */
import type { EntityManager } from "typeorm";
import { chart, type AccountCode } from "../../account/ledger";
import { integerOf } from "../../shared/integer";
import { letteringOf, linesPerPage } from "./entry-lines";
import type { FecLine } from "./fec";

interface OpeningPage {
  readonly lines: readonly FecLine[];
  /** Cursor of the next page, which begins with "AN"; null after the last one. */
  readonly after: readonly string[] | null;
}

interface Row {
  readonly account: AccountCode;
  readonly supplier: string;
  readonly code: string | null;
  readonly name: string | null;
  readonly lettering: number;
  readonly letteredOn: string | null;
  readonly cents: string;
}

/** Accounts of classes 1 to 5 are carried over; the earlier result is on the last line. */
export async function openingPage(
  tx: EntityManager,
  year: number,
  after: readonly string[] | null,
): Promise<OpeningPage> {
  const rows: Row[] = await tx.query(
    `SELECT o.account, o.supplier, o.lettering, o.cents, s.code, s.name,
       CASE WHEN o.lettering > 0 THEN lettered_on(o.supplier::uuid, o.lettering, o.account, $1) END::text AS "letteredOn"
     FROM (SELECT l.account, coalesce(l.supplier_id::text, '') AS supplier, coalesce(d.lettering, 0) AS lettering,
         sum(l.debit_cents - l.credit_cents) AS cents
       FROM journal_line l LEFT JOIN billing_document d ON d.id = l.document_id
       WHERE l.year < $1 AND l.account < '6' AND ($2::text IS NULL
         OR (l.account, coalesce(l.supplier_id::text, ''), coalesce(d.lettering, 0)) > ($2, $3, $4::integer))
       GROUP BY 1, 2, 3 HAVING sum(l.debit_cents - l.credit_cents) <> 0 ORDER BY 1, 2, 3 LIMIT $5) o
     LEFT JOIN supplier_profile s ON s.supplier_id::text = o.supplier
     ORDER BY o.account, o.supplier, o.lettering`,
    [year, ...(after?.slice(1) ?? [null, null, null]), linesPerPage],
  );
  const lines = rows.map((row) => ({ ...headOf(year), ...carried(row) }));
  const last = rows.length === linesPerPage ? rows.at(-1) : undefined;
  if (last) return { lines, after: ["AN", last.account, last.supplier, String(last.lettering)] };
  return { lines: [...lines, ...(await resultOf(tx, year))], after: null };
}

const headOf = (year: number) => {
  const day = `${String(year)}-01-01`;
  const piece = { piece: `AN${String(year)}`, pieceDate: day, label: "À nouveaux" };
  return { journal: "AN", journalLabel: "À nouveaux", number: "1", dated: day, validated: day, ...piece };
};

const amountOf = (cents: number) => ({ debitCents: Math.max(0, cents), creditCents: Math.max(0, -cents) });

const carried = ({ account, code, name, lettering, letteredOn, cents }: Row) => ({
  ...{ account, accountLabel: chart[account].FR },
  supplier: code === null ? null : { code, name: name ?? "" },
  lettering: letteringOf(lettering, letteredOn),
  ...amountOf(integerOf(cents)),
});

/** Income and expenses of earlier years, as one profit or loss. */
async function resultOf(tx: EntityManager, year: number): Promise<FecLine[]> {
  const rows: { cents: string | null }[] = await tx.query(
    "SELECT sum(debit_cents - credit_cents) AS cents FROM journal_line WHERE year < $1 AND account >= '6'",
    [year],
  );
  const cents = integerOf(rows[0]?.cents ?? "0");
  if (cents === 0) return [];
  const own =
    cents < 0 ? { account: "120", accountLabel: "Bénéfice" } : { account: "129", accountLabel: "Perte" };
  return [{ ...headOf(year), ...own, supplier: null, lettering: null, ...amountOf(cents) }];
}
