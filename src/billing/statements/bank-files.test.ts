/**
 * Reads every file under test/fixtures/bank, each a shape that banks write. Beside it stands what is expected: the
 * statements, or the faults by which it is refused. All names, accounts and numbers are invented.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { AppError } from "../../shared/errors";
import { readStatements } from "./read-statements.adapter";
import type { StatementFormat } from "./statement";

const root = path.join(__dirname, "../../../test/fixtures/bank");
const formats: Readonly<Record<string, StatementFormat>> = {
  camt053: "CAMT053",
  cfonb120: "CFONB120",
  csv: "CSV",
};

const files = Object.entries(formats).flatMap(([folder, format]) =>
  readdirSync(path.join(root, folder))
    .filter((name) => !name.endsWith(".json"))
    .map((name) => ({ name: `${folder}/${name}`, format })),
);

/** In pieces of `size` bytes, because a stream may break a file anywhere. */
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function outcomeOf(name: string, format: StatementFormat, size: number): Promise<unknown> {
  const bytes = readFileSync(path.join(root, name));
  try {
    return { statements: await readStatements(format, inPieces(bytes, size), { today: "2026-11-30" }) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const faults = error.details.faults ?? [];
    return { refused: faults.map(({ reason, message }) => ({ reason, message })) };
  }
}

describe("the corpus of bank files", () => {
  it("has at least forty shapes, in every format", () => {
    expect(files.length).toBeGreaterThanOrEqual(40);
    expect(new Set(files.map(({ format }) => format)).size).toBe(3);
  });

  it.each(files)("$name is read as expected", async ({ name, format }) => {
    const expected: unknown = JSON.parse(
      readFileSync(path.join(root, name.replace(/\.\w+$/, ".json")), "utf8"),
    );
    expect(await outcomeOf(name, format, 1_000_000)).toEqual(expected);
    expect(await outcomeOf(name, format, 7)).toEqual(expected);
  });
});
