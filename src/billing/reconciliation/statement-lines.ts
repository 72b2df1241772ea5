/** Parses a bank statement in CAMT.053 (ISO 20022) or CSV into lines. */
import { parse } from "csv-parse/sync";
import { XMLParser } from "fast-xml-parser";
import { invalid } from "../../shared/errors";

export interface StatementLine {
  /** The bank's reference, which identifies the line permanently. */
  readonly reference: string;
  /** "YYYY-MM-DD" */
  readonly bookedOn: string;
  /** Positive for incoming money, negative for outgoing money. */
  readonly amountCents: number;
  readonly remittance: string;
  readonly counterparty: string;
}

export type StatementFormat = "CAMT053" | "CSV";

export const linesIn = (format: StatementFormat, content: string): StatementLine[] =>
  format === "CSV" ? csvLines(content) : camtLines(content);

export const csvColumns = ["reference", "booked_on", "amount", "remittance", "counterparty"] as const;

function csvLines(content: string): StatementLine[] {
  const rows = csvRows(content);
  return rows.map((row, index) =>
    lineOf(
      {
        reference: row.reference,
        bookedOn: row.booked_on,
        amount: row.amount.replace(",", "."),
        remittance: row.remittance,
        counterparty: row.counterparty,
      },
      `line ${String(index + 2)}`,
    ),
  );
}

function csvRows(content: string): Record<(typeof csvColumns)[number], string>[] {
  try {
    // Files with decimal commas separate columns with semicolons.
    const delimiter = (content.split("\n", 1)[0] ?? "").includes(";") ? ";" : ",";
    return parse(content, { columns: true, skip_empty_lines: true, delimiter, bom: true, trim: true });
  } catch {
    throw invalid(`content is not CSV with the columns ${csvColumns.join(", ")}.`);
  }
}

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

function camtLines(content: string): StatementLine[] {
  // A document type could declare entities that read files or expand without end.
  if (/<!DOCTYPE/i.test(content)) throw invalid("content must not have a document type.");
  const entries = statementsIn(content).flatMap(({ Ntry = [] }) => Ntry);
  return entries.filter(isBooked).map(entryLine);
}

function statementsIn(content: string): readonly { readonly Ntry?: readonly Entry[] }[] {
  try {
    const { Document: document } = parser.parse(content, true) as Camt;
    const statements = document?.BkToCstmrStmt?.Stmt;
    if (statements) return statements;
  } catch {
    // The error below explains the problem to the caller.
  }
  throw invalid("content is not a CAMT.053 statement: Document/BkToCstmrStmt/Stmt is missing.");
}

const isBooked = ({ Sts: status }: Entry): boolean =>
  (typeof status === "object" ? status.Cd : status) === "BOOK";

function entryLine(entry: Entry, index: number): StatementLine {
  const where = `entry ${String(index + 1)}`;
  if (entry.Amt?.["@_Ccy"] !== "EUR") throw invalid(`${where}: its currency is not EUR.`);
  const details = entry.NtryDtls?.TxDtls?.[0] ?? {};
  return lineOf({ ...writtenIn(entry), ...detailsIn(details, entry) }, where);
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

type Written = Record<"reference" | "bookedOn" | "amount" | "remittance" | "counterparty", string>;

const longest = 140;

function lineOf(
  { reference, bookedOn, amount, remittance, counterparty }: Written,
  where: string,
): StatementLine {
  if (reference === "" || reference.length > longest)
    throw invalid(`${where}: the bank's reference is missing.`);
  return {
    reference,
    bookedOn: dayIn(bookedOn, where),
    amountCents: centsIn(amount, where),
    remittance: oneLine(remittance),
    counterparty: oneLine(counterparty),
  };
}

function dayIn(text: string, where: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw invalid(`${where}: the day is not written YYYY-MM-DD.`);
}

function centsIn(text: string, where: string): number {
  if (!/^-?\d{1,12}(\.\d{1,2})?$/.test(text))
    throw invalid(`${where}: the amount is not one in euros and cents.`);
  const [euros = "0", cents = ""] = text.replace("-", "").split(".");
  const size = Number(euros) * 100 + Number(cents.padEnd(2, "0"));
  return text.startsWith("-") ? -size : size;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim().slice(0, 500);
