/**
 * Format of the accounting entries file (FEC) that the tax authority requires (LPF art. A.47 A-1): 18 columns
 * separated by TAB, one line per entry line, decimal commas, ISO 8859-15. A year starts with the opening
 * balances.
 */
export const fecColumns = [
  ...["JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum"],
  ...["CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet"],
  ...["ValidDate", "Montantdevise", "Idevise"],
] as const;

export interface FecLine {
  readonly journal: string;
  readonly journalLabel: string;
  readonly number: string;
  /** Days are "YYYY-MM-DD". */
  readonly dated: string;
  readonly account: string;
  readonly accountLabel: string;
  readonly supplier: { readonly code: string; readonly name: string } | null;
  readonly piece: string;
  readonly pieceDate: string;
  readonly label: string;
  readonly debitCents: number;
  readonly creditCents: number;
  readonly validated: string;
  /** Code and day of the lettering; null while the line is not settled. */
  readonly lettering: { readonly code: string; readonly on: string } | null;
}

/** `{SIREN}FEC{last day of the year}.txt` */
export const fecName = (siren: string, year: number): string => `${siren}FEC${String(year)}1231.txt`;

export const fecHeader = fecColumns.join("\t");

export const fecText = (line: FecLine): string =>
  [
    line.journal,
    line.journalLabel,
    line.number,
    compact(line.dated),
    line.account,
    line.accountLabel,
    line.supplier?.code ?? "",
    line.supplier?.name ?? "",
    line.piece,
    compact(line.pieceDate),
    line.label,
    amount(line.debitCents),
    amount(line.creditCents),
    ...(line.lettering ? [line.lettering.code, compact(line.lettering.on)] : ["", ""]),
    compact(line.validated),
    "",
    "",
  ]
    .map((value) => value.replaceAll(/[\t\r\n]/g, " "))
    .join("\t");

const compact = (day: string): string => day.replaceAll("-", "");

/** Formats cents with a decimal comma. */
export const amount = (cents: number): string => {
  const digits = String(cents).padStart(3, "0");
  return `${digits.slice(0, -2)},${digits.slice(-2)}`;
};

/** Characters at which ISO 8859-15 differs from the first 256 code points of Unicode. */
const moved = new Map(
  Array.from("€ŠšŽžŒœŸ").map((sign, index) => [
    sign,
    [0xa4, 0xa6, 0xa8, 0xb4, 0xb8, 0xbc, 0xbd, 0xbe][index] ?? 0x3f,
  ]),
);
const taken = new Set(moved.values());

/** Characters missing in ISO 8859-15 lose their accents or become a question mark. */
export function toIso885915(text: string): Uint8Array {
  return Uint8Array.from(
    Array.from(text.normalize("NFC")),
    (sign) => byteOf(sign) ?? byteOf(plain(sign)) ?? 0x3f,
  );
}

function byteOf(sign: string): number | undefined {
  const code = sign.codePointAt(0) ?? 0x3f;
  return moved.get(sign) ?? (code < 0x100 && !taken.has(code) ? code : undefined);
}

const plain = (sign: string): string => sign.normalize("NFKD").slice(0, 1);
