/** The lint rule that restricts time and randomness to one file each, tested on planted violations. */
import { Linter } from "eslint";
import seams from "../../scripts/lint/seams.cjs";

const messagesOf = (code: string): string[] =>
  new Linter()
    .verify(code, {
      plugins: { caratlas: { rules: { seams } } },
      rules: { "caratlas/seams": "error" },
      languageOptions: { globals: { setTimeout: "readonly" } },
    })
    .map(({ message }) => message);

describe("the lint rule caratlas/seams", () => {
  it.each([
    "new Date();",
    "Date();",
    "Date.now();",
    "const read = Date.now;",
    "DateTime.utc();",
    "performance.now();",
    "setTimeout(work, 5);",
    "setInterval(work, 5);",
    "AbortSignal.timeout(5);",
    "process.hrtime();",
    `import { setTimeout as pause } from "node:timers/promises";`,
    `import { performance } from "perf_hooks";`,
  ])("forbids another source of time: %s", (code) => {
    expect(messagesOf(code)).toEqual([expect.stringContaining("src/platform/clock.ts")]);
  });

  it.each([
    "Math.random();",
    "crypto.randomUUID();",
    `import { createHash, randomBytes } from "node:crypto";`,
    `import * as crypto from "crypto";`,
  ])("forbids another source of randomness: %s", (code) => {
    expect(messagesOf(code)).toEqual([expect.stringContaining("src/platform/random.ts")]);
  });

  it.each([
    `tx.query("DELETE FROM presence WHERE seen_until < now()");`,
    "tx.query(`UPDATE endpoint SET leased_until = clock_timestamp() + ${span}`);",
    `tx.query("SELECT CURRENT_TIMESTAMP");`,
    `tx.query("SELECT current_date - 1");`,
  ])("forbids another present in SQL: %s", (code) => {
    expect(messagesOf(code)).toEqual([expect.stringContaining("present()")]);
  });

  it.each([
    `tx.query("SELECT id FROM lead ORDER BY random() LIMIT 1");`,
    "tx.query(`INSERT INTO lead (id, month) VALUES (gen_random_uuid(), ${month})`);",
    `tx.query("SELECT gen_random_bytes(16)");`,
    `tx.query("SELECT uuid_generate_v4()");`,
  ])("forbids randomness in SQL: %s", (code) => {
    expect(messagesOf(code)).toEqual([expect.stringContaining("SQL takes randomness as a parameter")]);
  });

  it.each([
    "new Date(0);",
    "DateTime.utc(2026);",
    "clock.now();",
    "const after = (setTimeout) => setTimeout();",
    `import { createHash, timingSafeEqual } from "node:crypto";`,
    `tx.query("SELECT present() AS now");`,
    `tx.query("SELECT id FROM lead ORDER BY md5(id::text || $1)", [randomUUID()]);`,
  ])("allows what asks for neither: %s", (code) => {
    expect(messagesOf(code)).toEqual([]);
  });
});
