/** Checks that the lists in the documents are complete. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { products } from "../../src/reference/catalogue";
import { rankingRules, refusalReasons } from "../../src/allocation/matching";

const documented = (file: string): string => readFileSync(path.join(__dirname, "../../docs", file), "utf8");

/** The table rows of a section that start with a name in backticks, by that name. */
function rowsOf(file: string, section: string): Map<string, string> {
  const text = documented(file).split(`\n## ${section}\n`)[1]?.split("\n## ")[0] ?? "";
  const rows = [...text.matchAll(/^\| `([A-Z_]+)` .*$/gm)];
  const named = new Map(rows.map(([row, name = ""]) => [name, row]));
  expect(named.size).toBe(rows.length);
  return named;
}

it("docs/allocation.md explains every refusal reason exactly once and no others", () => {
  expect([...rowsOf("allocation.md", "Reasons").keys()].sort()).toEqual([...refusalReasons].sort());
});

it("docs/allocation.md lists every ranking rule exactly once, with the products that use it", () => {
  const rows = rowsOf("allocation.md", "Ranking");
  expect([...rows.keys()].sort()).toEqual(Object.keys(rankingRules).sort());
  for (const [rule, row] of rows) {
    const named = products.filter(({ id }) => row.includes(`\`${id}\``)).map(({ id }) => id);
    expect([rule, named]).toEqual([
      rule,
      products.filter(({ rankedBy }) => rankedBy === rule).map(({ id }) => id),
    ]);
  }
});
