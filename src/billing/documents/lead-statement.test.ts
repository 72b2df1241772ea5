import { statementText, type StatementRow } from "./lead-statement";

const row: StatementRow = {
  ...{ at: "2026-11-05T09:00:00.000Z", leadId: "0142b2c3-0000-8000-8000-000000000001", product: "NEW_CAR" },
  ...{ kind: "CREDIT", netCents: -2500, vatTreatment: "STANDARD", document: "A2026-000001" },
};

describe("a statement by lead", () => {
  it("is written as CSV with a header, or as JSON", () => {
    expect(statementText([row], "CSV").split("\r\n")).toEqual([
      "at,leadId,product,kind,netCents,vatTreatment,document",
      "2026-11-05T09:00:00.000Z,0142b2c3-0000-8000-8000-000000000001,NEW_CAR,CREDIT,-2500,STANDARD,A2026-000001",
      "",
    ]);
    expect(JSON.parse(statementText([row], "JSON"))).toEqual([row]);
  });
});
