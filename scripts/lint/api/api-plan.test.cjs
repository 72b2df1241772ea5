/** docs/api-plan.graphql extends today's schema, follows the same rules, and contains nothing that exists. */
const { readFileSync } = require("node:fs");
const path = require("node:path");
const { buildSchema, extendSchema, parse, validateSchema } = require("graphql");
const { breachesOf } = require("./check.cjs");

const read = (file) => readFileSync(path.resolve(__dirname, "../../..", file), "utf8");
const today = buildSchema(read("schema.graphql"));
const plan = read("docs/api-plan.graphql");
// Throws when the plan defines something that exists, or names a type that does not.
const planned = extendSchema(today, parse(plan));

it("makes a valid schema together with today's", () => {
  expect(validateSchema(planned)).toEqual([]);
});

it("breaks no rule of docs/api-style.md", () => {
  const known = new Set(breachesOf(today).map(({ rule, at }) => `${rule} ${at}`));
  const added = breachesOf(planned).map(({ rule, at }) => `${rule} ${at}`);
  expect(added.filter((breach) => !known.has(breach))).toEqual([]);
});

it("opens with a table from the old names to the new ones, for every piece", () => {
  const [table] = plan.split("\n\n");
  for (let piece = 1; piece <= 17; piece += 1)
    expect(table).toMatch(new RegExp(`^# \\| A${String(piece)} `, "m"));
});
