import { fecColumns, fecHeader, fecName, fecText, toIso885915 } from "./fec";

const line = {
  journal: "VE",
  journalLabel: "Ventes",
  number: "12",
  dated: "2026-12-01",
  account: "411",
  accountLabel: "Clients",
  supplier: { code: "000000026", name: "Garage\tEssai" },
  piece: "F2026-000001",
  pieceDate: "2026-12-01",
  label: "Facture F2026-000001",
  debitCents: 120_005,
  creditCents: 0,
  validated: "2026-12-01",
  lettering: null,
};

describe("the accounting entries file", () => {
  it("has the eighteen columns in the prescribed order", () => {
    expect(fecColumns).toHaveLength(18);
    expect(fecHeader.split("\t").slice(0, 4)).toEqual([
      "JournalCode",
      "JournalLib",
      "EcritureNum",
      "EcritureDate",
    ]);
    expect(fecText(line).split("\t")).toEqual([
      ...["VE", "Ventes", "12", "20261201", "411", "Clients", "000000026", "Garage Essai", "F2026-000001"],
      ...["20261201", "Facture F2026-000001", "1200,05", "0,00", "", "", "20261201", "", ""],
    ]);
  });

  it("has the code and the day of the lettering once the line is settled", () => {
    const columns = fecText({ ...line, lettering: { code: "AB", on: "2026-12-24" } }).split("\t");
    expect([columns[13], columns[14]]).toEqual(["AB", "20261224"]);
  });

  it("is named after the company and the last day of the year", () => {
    expect(fecName("000000018", 2026)).toBe("000000018FEC20261231.txt");
  });

  it("is written in ISO 8859-15", () => {
    expect([...toIso885915("é€œŸA")]).toEqual([0xe9, 0xa4, 0xbd, 0xbe, 0x41]);
    expect(Buffer.from(toIso885915("Łódź ¤")).toString("latin1")).toBe("?ódz ?");
  });
});
