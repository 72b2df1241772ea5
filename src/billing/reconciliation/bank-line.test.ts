import { matchingOf } from "./bank-line";

it("a line is unmatched, matched with something, or booked as something", () => {
  expect(matchingOf({ matchedKind: null, matchedId: null })).toEqual({
    ...{ status: "UNMATCHED", matchedWith: null, subject: null, bookedAs: null },
  });
  expect(matchingOf({ matchedKind: "PAYOUT", matchedId: "po_1" })).toEqual({
    ...{ status: "MATCHED", matchedWith: "PAYOUT", subject: "po_1", bookedAs: null },
  });
  expect(matchingOf({ matchedKind: "BOOKED", matchedId: "BANK_FEE" })).toEqual({
    ...{ status: "BOOKED", matchedWith: null, subject: null, bookedAs: "BANK_FEE" },
  });
});
