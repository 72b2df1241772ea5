import type { AppError } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
import { checkMatch, type SandboxMatchInput } from "./check-match";

const at = new Date("2026-11-30T09:00:00Z");

function faultsIn(input: SandboxMatchInput): unknown {
  try {
    checkMatch(input, at);
  } catch (error) {
    return faultsOf(error as AppError).map(({ field, reason }) => [field, reason]);
  }
  return [];
}

it("takes PHONE and EMAIL by default, and answers the other required questions", () => {
  const { channels, answers } = checkMatch({ product: "NEW_CAR" }, at);
  expect(channels).toEqual(["PHONE", "EMAIL"]);
  expect(Object.keys(answers.answers)).not.toEqual([]);
});

it("finds all faults at once", () => {
  const answers = [{ field: "shoeSize", value: 43 }];
  expect(faultsIn({ product: "NEW_CAR", channels: [], answers })).toEqual([
    ["answers[0].field", "UNKNOWN_VALUE"],
    ["channels", "EMPTY"],
  ]);
});

it("refuses an unknown product, whose answers cannot be checked", () => {
  expect(faultsIn({ product: "BOAT", channels: [] })).toEqual([["product", "UNKNOWN_VALUE"]]);
});
