import { AppError } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
import { checkBalanceRefund, checkTransfer } from "./transfer";

const at = new Date("2026-11-22T12:00:00Z");
const transfer = (change: object = {}): Parameters<typeof checkTransfer>[0] => ({
  supplierId: "a",
  amountInclVatCents: 12_000,
  receivedOn: "2026-11-20",
  bankReference: "SCT 2026-1",
  ...change,
});

describe("a bank transfer", () => {
  it("is accepted as shown on the statement, with its reference trimmed", () => {
    expect(checkTransfer(transfer({ bankReference: " SCT 2026-1 " }), at)).toEqual(transfer());
  });

  it.each([0, -1, 0.5, 100_000_000_001])("rejects an amount of %p cents", (amountInclVatCents) => {
    expect(() => checkTransfer(transfer({ amountInclVatCents }), at)).toThrow("amountInclVatCents must be");
  });

  it.each(["", "  ", "two\nlines", "x".repeat(141)])("rejects the reference %j", (bankReference) => {
    expect(() => checkTransfer(transfer({ bankReference }), at)).toThrow("bankReference must be");
  });

  it.each(["2026-11-23", "2026-02-30", "20/11/2026", "1999-12-31", "2026-11-20T00:00:00Z"])(
    "rejects the day %s",
    (receivedOn) => {
      expect(() => checkTransfer(transfer({ receivedOn }), at)).toThrow("receivedOn must be");
    },
  );

  it("accepts today's date in Paris while it is still yesterday in UTC", () => {
    const night = new Date("2026-11-22T23:30:00Z");
    expect(checkTransfer(transfer({ receivedOn: "2026-11-23" }), night).receivedOn).toBe("2026-11-23");
  });

  it("is refused with all of its faults at once", () => {
    const wrong = transfer({ amountInclVatCents: 0, bankReference: "", receivedOn: "2026-11-23" });
    expect(faultsIn(() => checkTransfer(wrong, at))).toEqual([
      ["OUT_OF_RANGE", "amountInclVatCents"],
      ["EMPTY", "bankReference"],
      ["OUT_OF_RANGE", "receivedOn"],
    ]);
  });
});

describe("a refund of the balance", () => {
  const refund = { supplierId: "a", netCents: 1_000, bankReference: "OUT 1" };

  it("names an amount or everything that is not spent", () => {
    expect(checkBalanceRefund(refund)).toEqual(refund);
    expect(checkBalanceRefund({ ...refund, netCents: null }).netCents).toBeNull();
  });

  it("is refused with all of its faults at once", () => {
    const wrong = { ...refund, netCents: 0, bankReference: "two\nlines" };
    expect(faultsIn(() => checkBalanceRefund(wrong))).toEqual([
      ["OUT_OF_RANGE", "netCents"],
      ["MALFORMED", "bankReference"],
    ]);
  });
});

function faultsIn(work: () => unknown): unknown[] {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return faultsOf(error).map(({ reason, field }) => [reason, field]);
    throw error;
  }
  return [];
}
