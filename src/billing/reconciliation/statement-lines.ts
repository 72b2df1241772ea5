/** Parses a bank statement in CAMT.053 (ISO 20022) or CSV into lines. */
import { parse } from "csv-parse/sync";
import { XMLParser } from "fast-xml-parser";
import { invalid, type AppError } from "../../shared/errors";
import { checkTogether } from "../../shared/faults";
import { faultAt, lineOf, type Place, type StatementLine } from "./statement-line";

export type StatementFormat = "CAMT053" | "CSV";

const mostLines = 5_000;

/** Throws all faults of a statement at once; each names its line, or its entry in CAMT.053, by number. */
export function linesIn(format: StatementFormat, content: string): StatementLine[] {
  const checks = format === "CSV" ? csvLines(content) : camtLines(content);
  if (checks.length > mostLines)
    throw unreadable(`content: at most ${String(mostLines)} lines at a time.`, "TOO_MANY");
  return checkTogether<StatementLine[]>(...checks);
}

/** Reads one line, or throws its faults. */
type LineCheck = () => StatementLine;

const unreadable = (message: string, reason: string): AppError =>
  invalid(message, { reason, field: "content" });

export const csvColumns = ["reference", "booked_on", "amount", "remittance", "counterparty"] as const;

function csvLines(content: string): LineCheck[] {
  return csvRows(content).map((row, index) => () => {
    const { reference, booked_on: bookedOn, remittance, counterparty } = row;
    const amount = row.amount.replace(",", ".");
    const written = { reference, bookedOn, amount, remittance, counterparty };
    // The first line holds the names of the columns.
    return lineOf(written, { word: "line", line: index + 2 });
  });
}

function csvRows(content: string): CsvRow[] {
  try {
    // Files with decimal commas separate columns with semicolons.
    const delimiter = (content.split("\n", 1)[0] ?? "").includes(";") ? ";" : ",";
    const rows: Record<string, string>[] = parse(content, {
      ...{ columns: true, skip_empty_lines: true, delimiter, bom: true, trim: true },
    });
    if (rows.every(hasColumns)) return rows;
  } catch {
    // The error below explains the problem to the caller.
  }
  throw unreadable(`content is not CSV with the columns ${csvColumns.join(", ")}.`, "MALFORMED");
}

type CsvRow = Record<(typeof csvColumns)[number], string>;

const hasColumns = (row: Record<string, string>): row is CsvRow =>
  csvColumns.every((column) => row[column] !== undefined);

const parser = new XMLParser({
  ignoreAttributes: false,
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: true,
  isArray: (name) => ["Stmt", "Ntry", "TxDtls", "Ustrd"].includes(name),
});

/**
 * The part of CAMT.053 that we read. Any element may be missing; the line is then refused or the value left
 * empty.
 */
interface Party {
  readonly Nm?: string;
  readonly Pty?: { readonly Nm?: string };
}
interface Details {
  readonly Refs?: { readonly AcctSvcrRef?: string };
  readonly RltdPties?: { readonly Dbtr?: Party; readonly Cdtr?: Party };
  readonly RmtInf?: { readonly Ustrd?: readonly string[] };
}
interface Entry {
  readonly Amt?: { readonly "#text"?: string; readonly "@_Ccy"?: string };
  readonly CdtDbtInd?: string;
  readonly Sts?: string | { readonly Cd?: string };
  readonly BookgDt?: { readonly Dt?: string };
  readonly AcctSvcrRef?: string;
  readonly NtryDtls?: { readonly TxDtls?: readonly Details[] };
}
interface Camt {
  readonly Document?: {
    readonly BkToCstmrStmt?: { readonly Stmt?: readonly { readonly Ntry?: readonly Entry[] }[] };
  };
}

function camtLines(content: string): LineCheck[] {
  // A document type could declare entities that read files or expand without end.
  if (/<!DOCTYPE/i.test(content)) throw unreadable("content must not have a document type.", "NOT_ALLOWED");
  const entries = statementsIn(content).flatMap(({ Ntry = [] }) => Ntry);
  return entries.filter(isBooked).map((entry, index) => () => entryLine(entry, index));
}

function statementsIn(content: string): readonly { readonly Ntry?: readonly Entry[] }[] {
  try {
    const { Document: document } = parser.parse(content, true) as Camt;
    const statements = document?.BkToCstmrStmt?.Stmt;
    if (statements) return statements;
  } catch {
    // The error below explains the problem to the caller.
  }
  throw unreadable(
    "content is not a CAMT.053 statement: Document/BkToCstmrStmt/Stmt is missing.",
    "MALFORMED",
  );
}

const isBooked = ({ Sts: status }: Entry): boolean =>
  (typeof status === "object" ? status.Cd : status) === "BOOK";

function entryLine(entry: Entry, index: number): StatementLine {
  const place: Place = { word: "entry", line: index + 1 };
  const details = entry.NtryDtls?.TxDtls?.[0] ?? {};
  const [, line] = checkTogether<[null, StatementLine]>(
    () => euroOnly(entry, place),
    () => lineOf({ ...writtenIn(entry), ...detailsIn(details, entry) }, place),
  );
  return line;
}

function euroOnly({ Amt }: Entry, place: Place): null {
  if (Amt?.["@_Ccy"] === "EUR") return null;
  throw faultAt(place, "its currency is not EUR.", "UNKNOWN_VALUE");
}

const writtenIn = ({ BookgDt, Amt, CdtDbtInd }: Entry) => ({
  bookedOn: (BookgDt?.Dt ?? "").slice(0, 10),
  amount: (CdtDbtInd === "DBIT" ? "-" : "") + (Amt?.["#text"] ?? ""),
});

const detailsIn = ({ Refs, RmtInf, RltdPties }: Details, { AcctSvcrRef }: Entry) => ({
  reference: AcctSvcrRef ?? Refs?.AcctSvcrRef ?? "",
  remittance: (RmtInf?.Ustrd ?? []).join(" "),
  counterparty: nameOf(RltdPties),
});

const nameOf = (parties: Details["RltdPties"] = {}): string => {
  const party: Party = parties.Dbtr ?? parties.Cdtr ?? {};
  return party.Nm ?? party.Pty?.Nm ?? "";
};
