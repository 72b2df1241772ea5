/** One run tests everything; test/support/global-setup.ts starts the one PostgreSQL that it needs. */
module.exports = {
  rootDir: __dirname,
  roots: ["<rootDir>/src", "<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  testEnvironment: "node",
  moduleFileExtensions: ["ts", "js", "cjs", "mjs", "json", "node"],
  transform: { "^.+\\.ts$": ["@swc/jest", require("./scripts/swc-options.cjs")] },
  setupFiles: ["reflect-metadata"],
  globalSetup: "<rootDir>/test/support/global-setup.ts",
  globalTeardown: "<rootDir>/test/support/global-teardown.ts",
  maxWorkers: 2,
  testTimeout: 30_000,
};
