/**
 * Compares a schema with the rules of docs/api-style.md. A breach that was published before the rules existed is
 * exempt while it stands in the list of exemptions; the list can only become shorter.
 */
const { rules } = require("./rules/index.cjs");

/** Every breach as `{ rule, at, says }`. */
const breachesOf = (schema) =>
  Object.entries(rules).flatMap(([rule, find]) => find(schema).map((found) => ({ rule, ...found })));

/** What is wrong with the schema, and with the exemptions: one sentence each. */
function problemsOf(schema, exemptions) {
  const found = breachesOf(schema);
  const isFound = (rule, at) => found.some((one) => one.rule === rule && one.at === at);
  const isExempt = ({ rule, at }) => (exemptions[rule] ?? []).includes(at);
  return [
    ...found.filter((one) => !isExempt(one)).map(({ rule, at, says }) => `${at} (${rule}): ${says}`),
    ...Object.entries(exemptions).flatMap(([rule, places]) =>
      places
        .filter((at) => !isFound(rule, at))
        .map((at) => `${at} no longer breaks ${rule}: remove the exemption.`),
    ),
  ];
}

module.exports = { breachesOf, problemsOf };
