import { withOccurrences } from "./occurrences";

it("equal movements are numbered from 1, others are not affected", () => {
  const one = { reference: "NONREF", bookedOn: "2026-11-20", amountCents: 100 };
  const all = [one, { ...one, amountCents: -100 }, one, { ...one, bookedOn: "2026-11-21" }, { ...one }];
  expect(withOccurrences(all).map(({ occurrence }) => occurrence)).toEqual([1, 1, 2, 1, 3]);
});
