/** Whatever a file holds, it gives statements or INVALID_INPUT; never an error of ours. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { roundsOf } from "../../../test/support/rounds";
import { AppError } from "../../shared/errors";
import { readStatements } from "./read-statements.adapter";
import type { Movement, Statement, StatementFormat } from "./statement";

const root = path.join(__dirname, "../../../test/fixtures/bank");
const formats: Readonly<Record<StatementFormat, string>> = {
  CAMT053: "camt053",
  CFONB120: "cfonb120",
  CSV: "csv",
};
const all = Object.keys(formats) as StatementFormat[];

const filesOf = (format: StatementFormat): Buffer[] =>
  readdirSync(path.join(root, formats[format]))
    .filter((name) => !name.endsWith(".json"))
    .map((name) => readFileSync(path.join(root, formats[format], name)));

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Null for a refusal. */
async function read(format: StatementFormat, bytes: Uint8Array): Promise<readonly Statement[] | null> {
  try {
    return await readStatements(format, whole(bytes), { today: "2026-11-30" });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "INVALID_INPUT") throw error;
    const { faults = [] } = error.details;
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.length).toBeLessThanOrEqual(100);
    return null;
  }
}

function check(statements: readonly Statement[] | null): void {
  for (const movement of statements?.flatMap(({ movements }) => movements) ?? []) checkMovement(movement);
}

function checkMovement({ reference, bookedOn, amountCents, remittance, counterparty }: Movement): void {
  expect(reference).toMatch(/^\P{Cc}{1,140}$/u);
  expect(bookedOn >= "2000-01-01" && bookedOn <= "2026-11-30").toBe(true);
  expect(Number.isSafeInteger(amountCents) && amountCents !== 0).toBe(true);
  expect(Math.abs(amountCents)).toBeLessThanOrEqual(1e12);
  expect(remittance).toMatch(/^\P{Cc}{0,500}$/u);
  expect(counterparty).toMatch(/^\P{Cc}{0,500}$/u);
}

describe.each(all)("a file in %s", (format) => {
  const files = fc.constantFrom(...filesOf(format));
  const runs = { numRuns: roundsOf(40) };

  it("may end anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.nat(10_000), async (file, length) => {
        check(await read(format, file.subarray(0, length % file.length)));
      }),
      runs,
    );
  });

  it("may have bytes that were changed, lost or doubled", async () => {
    const change = fc.record({ at: fc.nat(10_000), lost: fc.nat(30), put: fc.uint8Array({ maxLength: 10 }) });
    await fc.assert(
      fc.asyncProperty(files, fc.array(change, { minLength: 1, maxLength: 5 }), async (file, changes) => {
        let bytes = file;
        for (const { at, lost, put } of changes) {
          const from = at % Math.max(bytes.length, 1);
          bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + lost)]);
        }
        check(await read(format, bytes));
      }),
      runs,
    );
  });

  it("may have its words anywhere", async () => {
    const words = fc.constantFrom(
      ...[
        "<Ntry>",
        "</Ntry>",
        "<TxDtls>",
        "</TxDtls>",
        "<Amt>",
        '<Amt Ccy="EUR">',
        "</Amt>",
        "DBIT",
        "0",
        "-1",
        "1e9",
      ],
      ...[
        '"',
        ";",
        "\n",
        "\r",
        ",",
        "\t",
        "\0",
        "1.234,56",
        "31/02/2026",
        "04",
        "01",
        "{",
        "}",
        "&#0;",
        "<![CDATA[",
      ],
      ...[
        "]]>",
        "<!--",
        "NONREF",
        "9".repeat(40),
        "é",
        "\ud83d",
        "constructor",
        "__proto__",
        "Date;Montant;Libellé\n",
      ],
    );
    await fc.assert(
      fc.asyncProperty(files, fc.nat(10_000), fc.array(words, { maxLength: 6 }), async (file, at, put) => {
        const from = at % file.length;
        const text = Buffer.from(put.join(""));
        check(await read(format, Buffer.concat([file.subarray(0, from), text, file.subarray(from)])));
      }),
      runs,
    );
  });

  it("may be anything at all", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 600 }),
          fc.constantFrom(...all).chain((other) => fc.constantFrom(...filesOf(other))),
        ),
        async (bytes) => {
          check(await read(format, bytes));
        },
      ),
      runs,
    );
  });
});
