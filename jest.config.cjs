const { availableParallelism } = require("node:os");

const common = {
  rootDir: __dirname,
  testEnvironment: "node",
  moduleFileExtensions: ["ts", "js", "cjs", "mjs", "json", "node"],
  transform: { "^.+\\.ts$": ["@swc/jest", require("./scripts/swc-options.cjs")] },
  setupFiles: ["reflect-metadata"],
};

/**
 * Two projects in one run. The tests beside the source and the scripts are pure: they need neither a database nor a build, so
 * `npx jest src/shared` starts at once. The tests under test/ need both, which test/support/global-setup.ts
 * provides; Jest calls it only when one of them is selected.
 */
module.exports = {
  projects: [
    {
      ...common,
      displayName: "pure",
      roots: ["<rootDir>/src", "<rootDir>/scripts"],
      testMatch: ["**/*.test.{ts,cjs}"],
    },
    {
      ...common,
      displayName: "database",
      roots: ["<rootDir>/test"],
      testMatch: ["**/*.test.ts"],
      globalSetup: "<rootDir>/test/support/global-setup.ts",
      globalTeardown: "<rootDir>/test/support/global-teardown.ts",
    },
  ],
  // Two workers for each core, because a test often waits for a server, a browser or PostgreSQL. More than eight
  // would wait for the one PostgreSQL.
  maxWorkers: Math.min(2 * availableParallelism(), 8),
  // Generous, because it only tells how long a failure takes: a busy machine must not turn a test red.
  testTimeout: 120_000,
};
