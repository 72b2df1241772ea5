/**
 * The architecture, as a test: who may know whom. The map is scripts/architecture/features.cjs; the rules here only
 * say what a door is and where each framework belongs. What happens inside a file is ESLint's.
 */

const architecture = require("./scripts/architecture/features.cjs");

/** By feature, which doors of other features it may use. */
const mayUse = Object.fromEntries(
  Object.entries(architecture.features).map(([name, { mayUse: doors }]) => [name, doors]),
);

/** Folders of src that are no module of features. */
const floors = Object.keys(architecture.folders);

const suffixes = ["entity", "service", "resolver", "types", "job", "adapter", "route", "wiring", "test"];
/** Computation without a clock, a network or a file: as pure as our own. */
const purePackages = [
  "bidi-js",
  "luxon",
  "libphonenumber-js",
  "@msgpack/msgpack",
  "fast-xml-builder",
  "fast-xml-parser",
  "csv-parse",
  "saxes",
];
const graphqlPackages = ["graphql", "graphql-[^/]+", "type-graphql", "@apollo", "dataloader"];
const ormPackages = ["typeorm", "pg"];
/** Reference data that ships with the code: read once, the same for everybody, so as good as a constant. */
const constantsFromFiles = "^src/reference/geo/communes\\.adapter\\.ts$";

/** Reads bytes that it is passed, waits for nothing else, and loads no framework. */
const readersOfStreams = "^src/billing/statements/read-statements\\.adapter\\.ts$";

const features = Object.keys(mayUse);
const modules = [...new Set(features.map((name) => name.split("/")[0]))];
const anyOf = (names) => `(?:${names.join("|")})`;
const feature = `^src/${anyOf(features)}/`;
const ourOwn = "^(?:src|test|migrations|bench)/";
const packages = (names) => `(?:^|/)node_modules/(?:@types/)?${anyOf(names)}/`;
const suffixed = (...names) => `\\.${anyOf(names)}\\.ts$`;
const door = `^src/${anyOf(features)}/index\\.ts$`;
/** What a module shows to src/app: how it is built, who may use its root fields, and its rows. */
const moduleFile = `^src/${anyOf(modules)}/(?:module|permissions|entities)\\.ts$`;
const pureFile = { path: `^src/${anyOf([...features, "shared"])}/[^.]+\\.ts$`, pathNot: door };

const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** Whether it imports, is imported, or stands alone, a module at such a path is reported. */
const forbidPath = (name, comment, path) => [
  forbid(name, comment, { path: path.path, pathNot: path.pathNot }, {}),
  forbid(name, comment, {}, { path: path.path, pathNot: path.pathNot }),
  forbid(name, comment, { orphan: true, path: path.path, pathNot: path.pathNot }, {}),
];

const theMap = features.map((from) =>
  forbid(
    `${from}-may-use-only-what-it-lists`,
    `${from} may use ${mayUse[from].join(", ") || "no other feature"}. Another need is a change of the map, and so a decision.`,
    { path: `^src/${from}/` },
    { path: feature, pathNot: `^src/${anyOf([from, ...mayUse[from]])}/` },
  ),
);

const doors = [
  forbid(
    "features-meet-at-the-door",
    "Import the neighbour's index.ts: what it does not export is its own business.",
    { path: `^src/(${features.join("|")})/`, pathNot: suffixed("types", "resolver") },
    { path: feature, pathNot: ["^src/$1/", door] },
  ),
  forbid(
    "types-may-be-extended",
    "Beyond the door, a resolver or a type may see a neighbour's .types, to add fields to them; nothing else.",
    { path: `^src/(${features.join("|")})/.*${suffixed("types", "resolver")}` },
    { path: feature, pathNot: ["^src/$1/", door, suffixed("types")] },
  ),
  forbid(
    "doors-open-on-pure-code",
    "A door exports pure values, and services as types: whoever opens it must not load a framework.",
    { path: door },
    {
      path: suffixed(...suffixes),
      pathNot: [constantsFromFiles, readersOfStreams],
      dependencyTypesNot: ["type-only"],
    },
  ),
  forbid(
    "a-door-shows-its-own-room",
    "A door exports what its feature wrote, not what a package or a neighbour did.",
    { path: `^src/(${features.join("|")})/index\\.ts$` },
    { pathNot: "^src/$1/" },
  ),
  forbid(
    "no-own-door",
    "Inside a feature import the file, not the door: that is how cycles start.",
    { path: `^src/(${features.join("|")})/` },
    { path: "^src/$1/index\\.ts$" },
  ),
];

const entries = [
  forbid(
    "only-app-composes-modules",
    "What a module needs of another one is handed to it by src/app.",
    { path: "^(?:src|migrations)/", pathNot: [`^src/app/`, moduleFile] },
    { path: moduleFile },
  ),
  forbid(
    "modules-meet-in-app",
    "A module's entry sees its own features, and only the doors of others.",
    { path: `^src/(${modules.join("|")})/(?:module|permissions|entities)\\.ts$` },
    { path: `^src/${anyOf(modules)}/`, pathNot: ["^src/$1/", door] },
  ),
  forbid(
    "wiring-is-for-the-entry",
    "What a feature is made of is known to its module's entry, and to nothing else.",
    { path: "^(?:src|migrations)/", pathNot: [moduleFile, suffixed("wiring")] },
    { path: suffixed("wiring") },
  ),
];

const purity = [
  forbid(
    "pure-stays-pure",
    "A file without a suffix sees pure files, doors, and the packages listed as pure.",
    pureFile,
    { pathNot: [ourOwn, packages(purePackages)] },
  ),
  forbid("pure-stays-pure", "A file without a suffix does not see the shell.", pureFile, {
    path: [suffixed(...suffixes), "^src/(?:platform|app|web|cli|demo)/"],
  }),
];

const layers = [
  forbid(
    "shared-knows-nobody",
    "shared/ is below everything.",
    { path: "^src/shared/" },
    {
      path: "^(?:src|test|migrations)/",
      pathNot: "^src/shared/",
    },
  ),
  forbid(
    "platform-knows-no-feature",
    "The platform is handed what it serves.",
    { path: "^src/platform/" },
    {
      path: [feature, "^src/(?:app|web|cli|demo)/"],
    },
  ),
  forbid(
    "nobody-imports-app",
    "src/app wires everything, so nothing but the programs of src/cli may hang on it.",
    { path: "^(?:src|migrations)/", pathNot: "^src/(?:app|cli)/" },
    { path: "^src/app/" },
  ),
  forbid(
    "nobody-imports-cli",
    "Programs are run by people; nothing imports them.",
    { path: "^(?:src|migrations)/", pathNot: "^src/cli/" },
    { path: "^src/cli/" },
  ),
  forbid(
    "demo-is-a-client",
    "The demo talks to the public HTTP API, as a form site and a supplier would.",
    { path: "^src/demo/" },
    { path: "^src/", pathNot: "^src/(?:demo|platform|shared)/" },
  ),
  forbid(
    "migrations-stand-still",
    "A released migration must not change with the code: it imports no code.",
    { path: "^migrations/" },
    { path: "^(?:src|test)/" },
  ),
  forbid(
    "product-knows-no-test",
    "What runs in production does not import what tests it.",
    { path: "^(?:src|migrations)/", pathNot: suffixed("test") },
    { path: ["^test/", suffixed("test")] },
  ),
];

const frameworks = [
  forbid(
    "graphql-at-the-edge",
    "GraphQL is spoken in .types and .resolver files, and set up in app/ and platform/.",
    {
      path: "^(?:src|migrations)/",
      pathNot: [suffixed("types", "resolver"), "^src/(?:app|web|cli|platform)/"],
    },
    { path: packages(graphqlPackages) },
  ),
  forbid(
    "orm-in-the-shell",
    "The database is spoken to in .entity, .service and .job files.",
    { path: "^src/", pathNot: [suffixed("entity", "service", "job"), "^src/(?:app|web|cli|platform)/"] },
    { path: packages(ormPackages) },
  ),
  forbid(
    "rows-are-not-answers",
    "What is stored and what is shown are different classes, and do not know each other.",
    { path: suffixed("types", "resolver") },
    { path: suffixed("entity") },
  ),
  forbid(
    "rows-are-not-answers",
    "What is stored and what is shown are different classes, and do not know each other.",
    { path: suffixed("entity") },
    { path: suffixed("types", "resolver", "service", "job", "adapter") },
  ),
  forbid(
    "types-only-describe",
    "A GraphQL type is made from pure facts; loading them is the resolver's, through a service.",
    { path: suffixed("types") },
    { path: suffixed("service", "job", "adapter", "resolver") },
  ),
  forbid(
    "the-shell-does-not-speak-graphql",
    "Services and jobs answer in pure types: they serve more than one door.",
    { path: suffixed("service", "job", "adapter") },
    { path: suffixed("types", "resolver") },
  ),
];

const nowhereElse = [
  forbid("no-cycles", "A cycle is one module in several files.", {}, { circular: true }),
  forbid(
    "every-import-resolves",
    "An import that leads nowhere hides from every other rule.",
    {},
    {
      couldNotResolve: true,
      // Named by the package's "exports", which is read here by no other import.
      pathNot: "^graphql-ws/use/",
    },
  ),
  forbid(
    "packages-are-declared",
    "Declare it: a package that only came with another one leaves with it.",
    { path: "^(?:src|migrations|test|bench)/" },
    { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
  ),
  forbid(
    "product-runs-without-dev-dependencies",
    "Production installs no devDependencies.",
    { path: "^(?:src|migrations)/", pathNot: suffixed("test") },
    { dependencyTypes: ["npm-dev"], pathNot: "(?:^|/)node_modules/@types/" },
  ),
  ...forbidPath("every-folder-is-on-the-map", "Put the folder on the map (mayUse), or the file into one.", {
    path: "^src/",
    pathNot: [`^src/${anyOf([...features, ...floors])}/`, moduleFile],
  }),
  ...forbidPath("every-suffix-is-known", `A file of a feature is pure, or one of .${suffixes.join(" .")}.`, {
    path: `${feature}.*\\.[^/]*\\.ts$`,
    pathNot: `/[^/.]+${suffixed(...suffixes)}`,
  }),
];

module.exports = {
  forbidden: [...theMap, ...doors, ...entries, ...purity, ...layers, ...frameworks, ...nowhereElse],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    // Imports of types count: a cycle of types is still one module in two files.
    tsPreCompilationDeps: true,
    // Production installs what package.json says, so that is what is asked.
    combinedDependencies: false,
    enhancedResolveOptions: {
      extensions: [".ts", ".js", ".json"],
      mainFields: ["types", "typings", "main"],
      exportsFields: ["exports"],
      conditionNames: ["types", "require", "node", "default"],
    },
  },
};
