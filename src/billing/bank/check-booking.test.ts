import { AppError } from "../../shared/errors";
import { checkBooking, checkIncoming } from "./check-booking";

const faultsOf = (check: () => unknown): unknown => {
  try {
    check();
  } catch (error) {
    return error instanceof AppError ? (error.details.faults ?? error.details) : error;
  }
  return null;
};

describe("booking a line", () => {
  it("trims its reason", () => {
    expect(checkBooking({ as: "INCOME", reason: " Intérêts " }, { amountCents: 300 })).toEqual({
      as: "INCOME",
      reason: "Intérêts",
    });
  });

  it.each(["BANK_FEE", "EXPENSE"] as const)("takes outgoing money as %s only", (as) => {
    expect(checkBooking({ as, reason: "Frais" }, { amountCents: -300 }).as).toBe(as);
    expect(faultsOf(() => checkBooking({ as, reason: "Frais" }, { amountCents: 300 }))).toMatchObject([
      { reason: "NOT_ALLOWED", field: "as" },
    ]);
  });

  it("finds all faults at once", () => {
    expect(faultsOf(() => checkBooking({ as: "INCOME", reason: " " }, { amountCents: -1 }))).toMatchObject([
      { reason: "NOT_ALLOWED", field: "as" },
      { reason: "EMPTY", field: "reason" },
    ]);
    const long = "x".repeat(201);
    expect(faultsOf(() => checkBooking({ as: "INCOME", reason: long }, { amountCents: 1 }))).toMatchObject([
      { reason: "TOO_LONG", field: "reason" },
    ]);
  });
});

it("only incoming money is assigned to a supplier", () => {
  checkIncoming({ amountCents: 1 });
  expect(faultsOf(() => checkIncoming({ amountCents: -1 }))).toMatchObject({
    reason: "NOT_ALLOWED",
    field: "id",
  });
});
