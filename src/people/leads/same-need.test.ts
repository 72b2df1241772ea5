import { sameNeed, type ComparedNeed } from "./same-need";

const need = (change: Partial<ComparedNeed> = {}): ComparedNeed => ({
  productId: "NEW_CAR",
  answers: { budgetEuros: 20_000, energy: ["ELECTRIC", "HYBRID"] },
  place: { inseeCode: "69123", arrondissement: "69383" },
  ...change,
});

describe("sameNeed", () => {
  it("is true when product, place and answers are equal, in any order", () => {
    expect(sameNeed(need(), need({ answers: { energy: ["ELECTRIC", "HYBRID"], budgetEuros: 20_000 } }))).toBe(
      true,
    );
  });

  it.each<[string, Partial<ComparedNeed>]>([
    ["another product", { productId: "USED_CAR" }],
    ["another commune", { place: { inseeCode: "69266", arrondissement: null } }],
    ["another arrondissement", { place: { inseeCode: "69123", arrondissement: "69382" } }],
    ["another answer", { answers: { budgetEuros: 20_001, energy: ["ELECTRIC", "HYBRID"] } }],
    ["an answer less", { answers: { budgetEuros: 20_000 } }],
    ["a choice less", { answers: { budgetEuros: 20_000, energy: ["ELECTRIC"] } }],
  ])("is false for %s", (_what, change) => {
    expect(sameNeed(need(), need(change))).toBe(false);
    expect(sameNeed(need(change), need())).toBe(false);
  });
});
