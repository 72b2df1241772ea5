/**
 * The FEC of a year and the journals of a month as files. They are read page by page, each page in a transaction of
 * its own, so that a slow client holds none. Entries are only ever added, so the pages fit together. Only the lettering
 * of a year that is not closed can change while it is read.
 */
import type { EntityManager } from "typeorm";
import type { Scope, Transact } from "../../platform/database";
import type { FileKind } from "../../platform/downloads/file-kind";
import { notFound } from "../../shared/errors";
import { bookKinds, fecFileOf, journalFileOf, readJournalKeys, readYear } from "./book-files";
import { fecHeader, toIso885915 } from "./fec";
import { journalHeader } from "./journal-text";
import type { LinesPage } from "./report-views";
import type { ReportsService } from "./reports.service";

type Read = (tx: EntityManager, after: readonly string[] | null) => Promise<LinesPage>;

interface Content {
  readonly header: string;
  readonly encode: (text: string) => Uint8Array;
  readonly read: Read;
}

export class BookFiles {
  constructor(
    private readonly transact: Transact,
    private readonly reports: ReportsService,
    /** The SIREN of CarAtlas. */
    private readonly siren: string,
  ) {}

  kinds(): FileKind[] {
    return [
      { kind: bookKinds.fec, rootField: "fec", find: async (scope, keys) => this.fec(scope, keys) },
      {
        kind: bookKinds.journal,
        rootField: "journal",
        find: async (scope, keys) => this.journal(scope, keys),
      },
    ];
  }

  private fec(scope: Scope, keys: readonly string[]) {
    const year = readYear(keys);
    if (year === null) throw notFound("file");
    const read: Read = (tx, after) => this.reports.fec(tx, year, after);
    return {
      ...fecFileOf(this.siren, year),
      supplierId: null,
      content: () => this.content(scope, { header: fecHeader, encode: toIso885915, read }),
    };
  }

  private journal(scope: Scope, keys: readonly string[]) {
    const wanted = readJournalKeys(keys);
    if (wanted === null) throw notFound("file");
    const read: Read = (tx, after) => this.reports.journal(tx, wanted, after);
    const encode = (text: string) => Buffer.from(text);
    return {
      ...journalFileOf(wanted),
      supplierId: null,
      content: () => this.content(scope, { header: journalHeader, encode, read }),
    };
  }

  private async *content(scope: Scope, { header, encode, read }: Content): AsyncGenerator<Uint8Array> {
    yield encode(`${header}\r\n`);
    let after: readonly string[] | null = null;
    do {
      const page: LinesPage = await this.transact(scope, (tx) => read(tx, after));
      if (page.lines.length > 0) yield encode([...page.lines, ""].join("\r\n"));
      ({ after } = page);
    } while (after !== null);
  }
}
