/**
 * Asks the running demo one GraphQL question, for the walk-through in the README:
 *
 *   node scripts/ask.mjs WHO QUERY [--with VARIABLES] [--pick PATH]
 *   node scripts/ask.mjs --demo PATH
 *
 * WHO is form, staff, supplier, supplier:N or a token. With --pick the value at the path (or values,
 * at paths with commas between) goes to standard output, for a shell variable, and the whole answer
 * to standard error, for you.
 */
import { parseArgs } from "node:util";
import { pick, readDemo, tokenOf } from "./demo-file.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { with: { type: "string", default: "{}" }, pick: { type: "string" }, demo: { type: "string" } },
});
const demo = readDemo();

if (values.demo !== undefined) {
  console.log(pick(demo, values.demo));
} else {
  const [who, query] = positionals;
  if (!who || !query) {
    console.error("usage: node scripts/ask.mjs WHO QUERY [--with VARIABLES] [--pick PATH]");
    process.exit(2);
  }
  const response = await fetch(`${demo.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${tokenOf(demo, who)}` },
    body: JSON.stringify({ query, variables: JSON.parse(values.with) }),
  });
  const answer = await response.json();
  const text = JSON.stringify(answer.errors ? answer : answer.data, null, 2);
  if (answer.errors) process.exitCode = 1;
  if (answer.errors || values.pick === undefined) console.log(text);
  else {
    console.error(text);
    console.log(
      values.pick
        .split(",")
        .map((where) => pick(answer.data, where))
        .join(" "),
    );
  }
}
