import { checkFilter, conditionsOf } from "./supplier-filter";

describe("conditionsOf", () => {
  it("has none without a filter", () => {
    expect(conditionsOf({})).toEqual([]);
    expect(conditionsOf({ text: null, departement: null, billingMode: null, isSuspended: null })).toEqual([]);
  });

  it("has one for each part of the filter", () => {
    expect(
      conditionsOf({
        text: "a",
        departement: "69",
        country: "FR",
        billingMode: "PREPAID",
        isSuspended: false,
      }),
    ).toHaveLength(5);
  });

  it("takes the text literally", () => {
    expect(conditionsOf({ text: "100 %_" })[0]?.values).toEqual({
      part: String.raw`%100 \%\_%`,
      beginning: String.raw`100\%\_%`,
      number: String.raw`100\%\_%`,
    });
  });
});

describe("checkFilter", () => {
  it("removes blanks around the text and refuses an empty one", () => {
    expect(checkFilter({ text: " Garage " })).toEqual({ text: "Garage" });
    expect(() => checkFilter({ text: " " })).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT" }) as Error,
    );
  });
});
