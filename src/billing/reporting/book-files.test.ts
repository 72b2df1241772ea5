import type { Transact } from "../../platform/database";
import type { DownloadableFile } from "../../platform/downloads/file-kind";
import { BookFiles } from "./book-files.service";
import { fecFileOf, journalFileOf, readJournalKeys, readYear } from "./book-files";
import { fecHeader } from "./fec";
import type { ReportsService } from "./reports.service";

describe("the keys of the FEC", () => {
  it("are read back as they were written", () => {
    expect(fecFileOf("000000018", 2027).name).toBe("000000018FEC20271231.txt");
    expect(readYear(fecFileOf("000000018", 2027).keys)).toBe(2027);
  });

  it.each([[["1999"]], [["27"]], [["2027", "more"]], [[]]])("are not %j", (keys) => {
    expect(readYear(keys)).toBeNull();
  });
});

describe("the keys of journals", () => {
  it.each([
    [{ month: "2027-01", journal: null }, "journal-2027-01.csv"],
    [{ month: "2027-01", journal: "VE" }, "journal-2027-01-VE.csv"],
  ] as const)("%j are read back as they were written", (keys, name) => {
    expect(journalFileOf(keys).name).toBe(name);
    expect(readJournalKeys(journalFileOf(keys).keys)).toEqual(keys);
  });

  it.each([[["2027-13"]], [["2027-01", "XX"]], [["2027-01", "toString"]], [["2027-01", "VE", "more"]], [[]]])(
    "are not %j",
    (keys) => {
      expect(readJournalKeys(keys)).toBeNull();
    },
  );
});

describe("a file of the books", () => {
  const scope = { role: "staff" } as const;

  /** Reports whose FEC has these pages of lines; the key of a page is its number. */
  function filesOf(pages: readonly (readonly string[])[]) {
    let read = 0;
    const transactions: string[] = [];
    const fec: ReportsService["fec"] = async (_tx, _year, after) => {
      const index = after === null ? 0 : Number(after[0]);
      read += 1;
      return { lines: pages[index] ?? [], after: index + 1 < pages.length ? [String(index + 1)] : null };
    };
    const transact: Transact = async (asked, work) => {
      transactions.push(asked.role);
      return work({} as Parameters<typeof work>[0]);
    };
    const files = new BookFiles(transact, { fec } as ReportsService, "000000018");
    return { kinds: files.kinds(), read: () => read, transactions };
  }

  async function contentOf(file: DownloadableFile): Promise<string> {
    const pieces: Uint8Array[] = [];
    for await (const piece of file.content() as AsyncIterable<Uint8Array>) pieces.push(piece);
    return Buffer.concat(pieces).toString("latin1");
  }

  it("has every page below one header, each read in a transaction of its own", async () => {
    const { kinds, transactions } = filesOf([["a\té", "b"], [], ["c"]]);
    const file = await kinds[0]?.find(scope, ["2027"]);
    expect(await contentOf(file as DownloadableFile)).toBe(`${fecHeader}\r\na\té\r\nb\r\nc\r\n`);
    expect(transactions).toEqual(["staff", "staff", "staff"]);
  });

  it("is read no further than it is asked for", async () => {
    const { kinds, read } = filesOf([["a"], ["b"], ["c"]]);
    const file = await kinds[0]?.find(scope, ["2027"]);
    for await (const piece of file?.content() as AsyncIterable<Uint8Array>) {
      if (Buffer.from(piece).toString() === "a\r\n") break;
    }
    expect(read()).toBe(1);
  });

  it("is not found under keys that are not its own", async () => {
    const { kinds } = filesOf([]);
    await expect(kinds[0]?.find(scope, ["1999"])).rejects.toThrow("There is no such file");
    await expect(kinds[1]?.find(scope, ["2027-01", "XX"])).rejects.toThrow("There is no such file");
  });
});
