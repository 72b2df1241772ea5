/**
 * What an import graph cannot see: purity inside a file, size, and the compiler's strictest rules.
 * Which file may import which is .dependency-cruiser.cjs; how code is laid out is prettier's.
 *
 * A file without a suffix is pure (`match.ts`); a suffix names what it may touch (`leads.service.ts`).
 */
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import seams from "./scripts/lint/seams.cjs";

const allCode = ["src/**/*.ts", "migrations/**/*.ts", "test/**/*.ts", "bench/**/*.ts"];
const tests = ["test/**/*.ts", "**/*.test.ts"];
const pure = {
  files: ["src/**/*.ts"],
  ignores: ["src/{platform,app,web,cli,demo}/**", "src/**/index.ts", "src/**/*.*.ts"],
};

const noDefaultExport = [
  {
    selector: "ExportDefaultDeclaration, ExportSpecifier[exported.name='default'], TSExportAssignment",
    message: "Export it by name: a name can be searched for and cannot drift between files.",
  },
];

// ESLint's own max-params would also count where the number is not the author's choice: the dependencies
// of a constructor, the arguments of a GraphQL field, and a callback that is typed by whoever calls it.
const unchosen = [
  "MethodDefinition[kind='constructor'] > FunctionExpression",
  "MethodDefinition:has(> Decorator) > FunctionExpression",
  ":function[params.0.type='Identifier']:not([params.0.typeAnnotation])",
];
const fewParameters = [
  {
    selector: `:function[params.length>3]:not(${unchosen.join(", ")})`,
    message: "More than three parameters: take one object, so that the caller names what it passes.",
  },
  {
    selector: "MethodDefinition[kind='constructor'] > FunctionExpression[params.length>4]",
    message: "More than four dependencies: this class does more than one thing.",
  },
];

const supplierScopes = [
  {
    selector: "ObjectExpression > Property[key.name='role'] > Literal.value[value='supplier']",
    message:
      "Take the scope of who asks (supplierScopeOf, scopeOf): written by hand, it forgets what they are limited to.",
  },
];

/** A statement names its columns, so that a new column changes neither what is read nor what is written. */
const looseSql = [
  [String.raw`\bSELECT\s+(DISTINCT\s+)?\*`, "Name the columns that are read."],
  [String.raw`\bSELECT\b[^;]*\w\.\*`, "Name the columns that are read."],
  [String.raw`\bRETURNING\s+\*`, "Name the columns that are returned."],
  [String.raw`::bit\(16\)`, "The month of an id is month_of_id(id)."],
  [String.raw`\bINSERT INTO\s+\w+(\s+AS\s+\w+)?\s+(VALUES|SELECT)\b`, "Name the columns that are inserted."],
].map(([statement, message]) => ({
  selector: `Literal[value=/${statement}/], TemplateElement[value.raw=/${statement}/]`,
  message,
}));

const noWaiting = [
  {
    selector: "AwaitExpression, ForOfStatement[await=true], :function[async=true]",
    message: "A pure file waits for nothing: load first, decide here, write afterwards (a .service).",
  },
  {
    selector: "ImportExpression",
    message: "A pure file loads nothing while it decides.",
  },
];

const outsideWorld = ["process", "fetch", "console", "globalThis", "require", "queueMicrotask"].map(
  (name) => ({ name, message: "A pure file touches nothing outside: take it as a parameter." }),
);

const environment = {
  object: "process",
  property: "env",
  message: "Only src/app/settings reads the environment; other code is passed the configuration.",
};
const environmentImports = {
  paths: ["process", "node:process"].map((name) => ({
    name,
    importNames: ["env", "default"],
    message: environment.message,
  })),
};

const sizes = {
  "max-lines": ["error", { max: 200 }],
  "max-lines-per-function": ["error", { max: 40 }],
  "max-depth": ["error", 3],
  complexity: ["error", 8],
};

export default defineConfig([
  globalIgnores(["dist/", "coverage/", ".data/"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: allCode,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...sizes,
      eqeqeq: ["error", "always", { null: "ignore" }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { allowDefaultCaseForExhaustiveSwitch: false, requireDefaultForNonUnion: true },
      ],
      // Each file is compiled alone, so the compiler must be told what is only a type.
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/consistent-type-exports": "error",
      // A class whose decorators declare a GraphQL type or a table has no other body.
      "@typescript-eslint/no-extraneous-class": ["error", { allowWithDecorator: true }],
      // Such classes are shapes without behaviour: a literal of the shape is one of them.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      // What an arrow returns is read off its type, and an interface may ask for a promise where one
      // implementation of it has nothing to wait for.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/require-await": "off",
      // Digits and letters of codes are taken apart; nobody's name is.
      "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-restricted-properties": ["error", environment],
      "no-restricted-imports": ["error", environmentImports],
      "no-restricted-syntax": ["error", ...noDefaultExport, ...fewParameters, ...supplierScopes, ...looseSql],
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/platform/{clock,random}.ts", ...tests],
    plugins: { caratlas: { rules: { seams } } },
    rules: { "caratlas/seams": "error" },
  },
  {
    ...pure,
    rules: {
      "no-restricted-properties": ["error", environment],
      "no-restricted-globals": ["error", ...outsideWorld],
      "no-restricted-syntax": [
        "error",
        ...noDefaultExport,
        ...fewParameters,
        ...supplierScopes,
        ...looseSql,
        ...noWaiting,
      ],
    },
  },
  {
    // Rows and answers are shapes, so nothing is lost when one is spread into another; and a test
    // may take a literal apart.
    files: ["src/**/*.{types,resolver,service}.ts", ...tests],
    rules: { "@typescript-eslint/no-misused-spread": "off" },
  },
  {
    // Benchmarks and tests start processes, so they pass the environment on.
    files: ["src/app/settings/**", "bench/**/*.ts", ...tests],
    rules: { "no-restricted-properties": "off", "no-restricted-imports": "off" },
  },
  {
    // A journey told in order is longer than a function should be, and a suite longer than a file.
    files: tests,
    rules: {
      "max-lines": "off",
      "max-lines-per-function": "off",
      // A test says in whose name it looks.
      "no-restricted-syntax": ["error", ...noDefaultExport, ...fewParameters],
    },
  },
  {
    // Answers of the API are JSON, looked into by the test that asked for them.
    files: ["test/**/*.ts"],
    rules: {
      complexity: "off",
      ...Object.fromEntries(
        ["argument", "assignment", "call", "member-access", "return"].map((use) => [
          `@typescript-eslint/no-unsafe-${use}`,
          "off",
        ]),
      ),
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-this-alias": "off",
    },
  },
  {
    // Jest asks for a default export here.
    files: ["test/support/global-{setup,teardown}.ts"],
    rules: { "no-restricted-syntax": ["error", ...fewParameters] },
  },
  {
    // A migration is mostly SQL, and once released it is never edited, so it is neither split nor corrected.
    files: ["migrations/**/*.ts"],
    rules: {
      "max-lines": "off",
      "no-restricted-syntax": ["error", ...noDefaultExport, ...fewParameters, ...supplierScopes],
    },
  },
  {
    files: ["**/*.mjs", "**/*.cjs"],
    extends: [tseslint.configs.strict],
    rules: { eqeqeq: ["error", "always", { null: "ignore" }] },
  },
  {
    // Configuration is data and as long as it needs to be; a script is a program.
    files: ["scripts/**"],
    ignores: ["scripts/architecture/features.cjs", "scripts/**/*.test.cjs"],
    rules: sizes,
  },
  {
    files: ["**/*.cjs"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
]);
