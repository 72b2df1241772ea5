import { fecFileOf, journalFileOf, readJournalKeys, readYear } from "./book-files";

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
