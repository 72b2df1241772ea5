import { readStatementKeys, statementOf } from "./document-files";

const supplierId = "014200aa-7c6d-8e3a-9b1f-0123456789ab";

describe("the keys of a lead statement", () => {
  it("are read back as they were written", () => {
    const keys = { supplierId, month: "2026-11", as: "JSON" } as const;
    expect(statementOf(keys)).toMatchObject({ name: "lead-statement-2026-11.json" });
    expect(readStatementKeys(statementOf(keys).keys)).toEqual(keys);
  });

  it.each([
    [[supplierId, "2026-13", "CSV"]],
    [[supplierId, "2026-11", "XML"]],
    [[supplierId, "2026-11"]],
    [[supplierId, "2026-11", "CSV", "more"]],
  ])("are not %j", (keys) => {
    expect(readStatementKeys(keys)).toBeNull();
  });
});
