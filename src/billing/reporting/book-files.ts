/** How the FEC of a year and the journals of a month are named as files, and by which keys they are found again. */
import { journals, type JournalCode } from "../../account/ledger";
import { fecName } from "./fec";

/** The kinds are part of addresses that are out, so they do not change. */
export const bookKinds = { fec: "fec", journal: "journal" } as const;

/** `siren` is that of CarAtlas. */
export const fecFileOf = (siren: string, year: number) => ({
  kind: bookKinds.fec,
  keys: [String(year)],
  name: fecName(siren, year),
  mediaType: "text/plain; charset=iso-8859-15",
});

export interface JournalKeys {
  /** "YYYY-MM" */
  readonly month: string;
  /** Null for all journals. */
  readonly journal: JournalCode | null;
}

export const journalFileOf = ({ month, journal }: JournalKeys) => ({
  kind: bookKinds.journal,
  keys: [month, ...(journal === null ? [] : [journal])],
  name: `journal-${[month, ...(journal === null ? [] : [journal])].join("-")}.csv`,
  mediaType: "text/csv; charset=utf-8",
});

/** Null when the keys are not those of a year. */
export const readYear = ([year = "", ...more]: readonly string[]): number | null =>
  /^2\d{3}$/.test(year) && more.length === 0 ? Number(year) : null;

/** Null when the keys are not those of a month's journals. */
export function readJournalKeys([month = "", journal, ...more]: readonly string[]): JournalKeys | null {
  if (!/^(19|2\d)\d{2}-(0[1-9]|1[0-2])$/.test(month) || more.length > 0) return null;
  if (journal === undefined) return { month, journal: null };
  return isJournal(journal) ? { month, journal } : null;
}

const isJournal = (code: string): code is JournalCode => Object.hasOwn(journals, code);
