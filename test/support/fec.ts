/** Reads the accounting entries file of a year, and checks what holds of its lettering whatever was booked. */
import { fecColumns } from "../../src/billing/reporting/fec";
import type { Books } from "../integration/ledger-fixture";

export type FecRow = Readonly<Record<(typeof fecColumns)[number], string>>;

export async function fecOf(books: Books, year: number): Promise<FecRow[]> {
  const lines: string[] = [];
  let after: readonly string[] | null = null;
  do {
    const page = await books.transact({ role: "staff" }, (tx) => books.reports.fec(tx, year, after));
    lines.push(...page.lines);
    ({ after } = page);
  } while (after !== null);
  return lines.map((line) => {
    const values = line.split("\t");
    return Object.fromEntries(fecColumns.map((column, index) => [column, values[index] ?? ""])) as FecRow;
  });
}

export const centsOf = ({ Debit, Credit }: Pick<FecRow, "Debit" | "Credit">): number =>
  Number(Debit.replace(",", "")) - Number(Credit.replace(",", ""));

/** Adds up the lines by supplier, account and code of the lettering; lines without a code are left out. */
export function letteredGroups(rows: readonly FecRow[]): { cents: number; days: Set<string> }[] {
  const groups = new Map<string, { cents: number; days: Set<string> }>();
  for (const row of rows) {
    if (row.EcritureLet === "") continue;
    const key = [row.CompAuxNum, row.CompteNum, row.EcritureLet].join(" ");
    const group = groups.get(key) ?? { cents: 0, days: new Set<string>() };
    group.cents += centsOf(row);
    group.days.add(row.DateLet);
    groups.set(key, group);
  }
  return [...groups.values()];
}
