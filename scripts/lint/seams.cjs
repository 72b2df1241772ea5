/**
 * An ESLint rule: time comes from src/platform/clock.ts, randomness from src/platform/random.ts, and the present in
 * SQL from present(); SQL gets random values as parameters. A rule of its own, because each block of
 * no-restricted-syntax replaces the one before it.
 */
const time = "Time comes from src/platform/clock.ts; a pure file takes the instant as a parameter.";
const randomness = "Randomness comes from src/platform/random.ts; a pure file takes it as a parameter.";
const sql = "SQL reads the time from present() only, so that a moved clock moves it too.";
const sqlRandomness = "SQL takes randomness as a parameter, from src/platform/random.ts.";

/** Global names. */
const globals = new Map([
  ...["setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval", "clearImmediate"].map(
    (name) => [name, time],
  ),
  ["performance", time],
  ["crypto", randomness],
]);

const members = new Map([
  ...["Date.now", "DateTime.now", "AbortSignal.timeout", "process.hrtime", "process.uptime"].map((name) => [
    name,
    time,
  ]),
  ["Math.random", randomness],
]);
/** With an argument they are about another instant than the present. */
const presentWithoutArgument = new Set(["Date", "DateTime.local", "DateTime.utc"]);

const timeModules = new Set(["timers", "timers/promises", "perf_hooks"]);
const randomExports = /^(?:random|getRandomValues$|webcrypto$|pseudoRandomBytes$|default$)/;

const sqlPresent =
  /\b(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(\s*\)|\b(?:current_(?:date|time|timestamp)|localtime(?:stamp)?)\b|'now'/i;
const sqlRandom = /\b(?:random(?:_normal)?|gen_random_(?:uuid|bytes)|uuid_generate_v\d\w*|uuidv[47])\s*\(/i;

function nameOf(node) {
  if (node.type === "Identifier") return node.name;
  const { object, property } = node;
  if (node.type !== "MemberExpression" || object.type !== "Identifier") return null;
  return `${object.name}.${property.name ?? property.value}`;
}

function importProblem({ source, specifiers }) {
  const module = source.value.replace(/^node:/, "");
  if (timeModules.has(module)) return time;
  if (module !== "crypto") return null;
  const names = specifiers.map((one) => (one.type === "ImportSpecifier" ? one.imported.name : "default"));
  return names.some((name) => randomExports.test(name)) ? randomness : null;
}

module.exports = {
  meta: {
    type: "problem",
    schema: [],
    docs: { description: "Time and randomness come from one file each." },
  },
  create(context) {
    const report = (node, message) => {
      if (message) context.report({ node, message });
    };
    const checkCall = (node) => {
      if (node.arguments.length === 0 && presentWithoutArgument.has(nameOf(node.callee))) report(node, time);
    };
    const checkText = (node, text) => {
      if (sqlPresent.test(text)) report(node, sql);
      if (sqlRandom.test(text)) report(node, sqlRandomness);
    };
    return {
      "Program:exit"(program) {
        const { through, variables } = context.sourceCode.getScope(program);
        const known = variables
          .filter(({ defs }) => defs.length === 0)
          .flatMap(({ references }) => references);
        for (const { identifier } of [...through, ...known]) report(identifier, globals.get(identifier.name));
      },
      ImportDeclaration: (node) => report(node, importProblem(node)),
      MemberExpression: (node) => report(node, members.get(nameOf(node))),
      NewExpression: checkCall,
      CallExpression: checkCall,
      Literal(node) {
        if (typeof node.value === "string") checkText(node, node.value);
      },
      TemplateElement: (node) => checkText(node, node.value.raw),
    };
  },
};
