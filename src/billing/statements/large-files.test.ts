/** Large files are read in pieces: between two of them, the other work of the process gets its turn. */
import { AppError } from "../../shared/errors";
import { CamtReader } from "./camt/camt-reader";
import { CfonbReader } from "./cfonb/cfonb-reader";
import { Decoding } from "./charset";
import { CsvReader } from "./csv/csv-reader";
import { StatementDraft } from "./draft";
import { pieceBytes, readStatements } from "./read-statements.adapter";
import type { StatementFormat } from "./statement";

const count = 5_000;

function csvOf(lines: number): string {
  const rows = Array.from(
    { length: lines },
    (_, index) => `20/11/2026;VIR GARAGE ${String(index)} ${"x".repeat(60)};1,00`,
  );
  return ["Date;Libellé;Montant", ...rows].join("\n");
}

function camtOf(lines: number): string {
  const entries = Array.from(
    { length: lines },
    (_, index) =>
      `<Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>R${String(index)}</AcctSvcrRef></Ntry>`,
  );
  return `<Document><BkToCstmrStmt><Stmt>${entries.join("")}</Stmt></BkToCstmrStmt></Document>`;
}

function batchOf(parts: number): string {
  const details =
    `<TxDtls><Amt Ccy="EUR">1.00</Amt><RmtInf><Ustrd>F2026-000001</Ustrd></RmtInf></TxDtls>`.repeat(parts);
  return camtOf(1)
    .replace("1.00", `${String(parts)}.00`)
    .replace("</Ntry>", `<NtryDtls>${details}</NtryDtls></Ntry>`);
}

function cfonbOf(lines: number): string {
  const record = (kind: string, amount: string): string =>
    `${kind}39994    00012EUR2 00012345678  201126${" ".repeat(50)}${amount}`.padEnd(120);
  const movements = Array.from({ length: lines }, () => record("04", "0000000000010{"));
  const sum = `${String(lines * 10).padStart(13, "0")}{`;
  return [record("01", "0000000000000{"), ...movements, record("07", sum)].join("\n");
}

async function* whole(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

interface Turns {
  /** The most calls within one turn of the event loop. */
  readonly most: number;
  readonly arguments: readonly unknown[];
}

/** Counts calls of a method by the turn of the event loop in which they happen, while `work` goes on. */
async function callsDuring(prototype: object, method: string, work: () => Promise<unknown>): Promise<Turns> {
  const methods = prototype as Record<string, (this: unknown, ...args: unknown[]) => unknown>;
  const original = methods[method];
  const given: unknown[] = [];
  let [isWorking, calls, most] = [true, 0, 0];
  const nextTurn = (): void => {
    calls = 0;
    if (isWorking) setImmediate(nextTurn);
  };
  setImmediate(nextTurn);
  methods[method] = function (...args) {
    calls += 1;
    most = Math.max(most, calls);
    given.push(args[0]);
    return original?.apply(this, args);
  };
  await work().finally(() => {
    isWorking = false;
    if (original) methods[method] = original;
  });
  return { most, arguments: given };
}

const read = (format: StatementFormat, text: string) =>
  readStatements(format, whole(text), { today: "2026-11-30" });

describe("a large file", () => {
  const cases = [
    ["CSV", csvOf(count), CsvReader.prototype, "take"],
    ["CAMT053", camtOf(count), CamtReader.prototype, "push"],
    ["CFONB120", cfonbOf(count), CfonbReader.prototype, "push"],
  ] as const;

  it.each(cases)("in %s is read at most one piece in a turn of the event loop", async (format, text) => {
    const pieces = await callsDuring(Decoding.prototype, "push", async () => {
      const statements = await read(format, text);
      expect(statements.flatMap(({ movements }) => movements)).toHaveLength(count);
    });
    expect(pieces.most).toBe(1);
    const sizes = pieces.arguments.map((bytes) => (bytes as Uint8Array).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(pieceBytes);
    expect(sizes.length).toBeGreaterThan(5);
  });

  it.each(cases)("in %s is worked on a few pieces in a turn", async (format, text, prototype, method) => {
    const taken = await callsDuring(prototype, method, () => read(format, text));
    // Lines of the CSV file are taken one by one, and have over 80 characters.
    expect(taken.most).toBeLessThanOrEqual(format === "CSV" ? (2 * pieceBytes) / 80 : 1);
  });

  it("may hold a batch of thousands", async () => {
    const added = await callsDuring(StatementDraft.prototype, "add", () => read("CAMT053", batchOf(count)));
    expect(added.arguments).toHaveLength(count);
    expect(added.most).toBeLessThanOrEqual(1_000);
  });

  it("holds at most 50,000 lines", async () => {
    await expect(read("CFONB120", cfonbOf(50_001))).rejects.toMatchObject({
      details: { reason: "TOO_MANY" },
    });
  });

  it("names a hundred bad lines and counts the others", async () => {
    const rows = Array.from({ length: 1_000 }, () => "31/02/2026;VIR;1,00");
    const error: unknown = await read("CSV", ["Date;Libellé;Montant", ...rows].join("\n")).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(AppError);
    const { faults = [] } = (error as AppError).details;
    expect(faults).toHaveLength(100);
    expect(faults[98]).toMatchObject({ line: 100 });
    expect(faults[99]).toMatchObject({ reason: "TOO_MANY", message: "901 more faults are not listed." });
  });
});
