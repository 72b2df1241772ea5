import fc from "fast-check";
import { AppError, invalid } from "./errors";
import { checkAll, checkEach, checkField, checkTogether, faultsOf, settled } from "./faults";

const atLeastOne = (value: number): number => {
  if (value < 1) throw invalid("It must be at least 1.", { reason: "OUT_OF_RANGE", least: 1 });
  return value;
};

function thrownBy(check: () => unknown): AppError {
  try {
    check();
  } catch (error) {
    return error as AppError;
  }
  throw new Error("Nothing was thrown.");
}

describe("checkAll", () => {
  it("returns the checked values when nothing is wrong", () => {
    expect(checkAll({ seats: () => atLeastOne(2), name: () => "Lyon" })).toEqual({ seats: 2, name: "Lyon" });
  });

  it("throws one error that describes the first fault and lists all of them", () => {
    const error = thrownBy(() =>
      checkAll({
        seats: () => atLeastOne(0),
        caps: () =>
          checkEach([{ limit: 1 }, { limit: 0 }], ({ limit }) =>
            checkAll({ limit: () => atLeastOne(limit) }),
          ),
        name: () => "Lyon",
      }),
    );
    const fault = { reason: "OUT_OF_RANGE", message: "It must be at least 1.", least: 1 };
    expect(error).toMatchObject({ code: "INVALID_INPUT", message: fault.message });
    expect(error.details).toEqual({
      reason: fault.reason,
      field: "seats",
      least: 1,
      faults: [
        { ...fault, field: "seats" },
        { ...fault, field: "caps[1].limit" },
      ],
    });
  });

  it("throws an error of another kind at once", () => {
    const other = new AppError("NOT_FOUND", "There is no such site.");
    const later = jest.fn();
    expect(
      thrownBy(() =>
        checkAll({
          site: () => {
            throw other;
          },
          later,
        }),
      ),
    ).toBe(other);
    expect(later).not.toHaveBeenCalled();
  });
});

describe("checkAll with fields that depend on each other", () => {
  const terms = (price: number, floor: number) =>
    checkAll<{ floor: number; price: number }>({
      floor: () => atLeastOne(floor),
      price: (found) => {
        if (found.floor !== undefined && price < found.floor) throw invalid("It is below the floor.");
        return price;
      },
    });

  it("passes on the values that were found before", () => {
    expect(terms(5, 2)).toEqual({ floor: 2, price: 5 });
    expect(faultsOf(thrownBy(() => terms(1, 2))).map(({ field }) => field)).toEqual(["price"]);
  });

  it("passes on nothing for a field at fault", () => {
    expect(faultsOf(thrownBy(() => terms(-1, 0))).map(({ field }) => field)).toEqual(["floor"]);
  });
});

describe("checkTogether", () => {
  it("reports the faults of several checks under the names that they give", () => {
    const refuse = (field: string) => () => {
      throw invalid("It is wrong.", { reason: "INVALID", field });
    };
    const work = () => {
      checkTogether(refuse("a"), () => undefined, refuse("b"));
    };
    expect(faultsOf(thrownBy(work)).map(({ field }) => field)).toEqual(["a", "b"]);
    expect(() => {
      checkTogether(() => undefined);
    }).not.toThrow();
  });
});

describe("settled", () => {
  it("lets a check that takes time be one of several", async () => {
    const seats = await settled(Promise.resolve(2));
    const site = await settled(Promise.reject(invalid("It is unknown.")));
    expect(checkAll({ seats })).toEqual({ seats: 2 });
    const error = thrownBy(() => checkAll({ site, seats: () => atLeastOne(0) }));
    expect(faultsOf(error).map(({ field }) => field)).toEqual(["site", "seats"]);
  });
});

describe("an input with very many faults", () => {
  it("is not checked beyond the hundredth", () => {
    const check = jest.fn(() => {
      throw invalid("It is wrong.");
    });
    const error = thrownBy(() => checkAll({ list: () => checkEach(Array.from({ length: 5_000 }), check) }));
    expect(faultsOf(error)).toHaveLength(100);
    expect(check).toHaveBeenCalledTimes(100);
  });
});

describe("checkEach", () => {
  it("reports exactly the items that are wrong, by their index", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 })), (values) => {
        const wrong = values.flatMap((value, index) => (value < 1 ? [`list[${String(index)}]`] : []));
        const check = (): number[] => checkField("list", () => checkEach(values, atLeastOne));
        if (wrong.length === 0) expect(check()).toEqual(values);
        else expect(faultsOf(thrownBy(check)).map(({ field }) => field)).toEqual(wrong);
      }),
    );
  });
});

describe("faultsOf", () => {
  it("makes one fault of an error that lists none", () => {
    expect(faultsOf(invalid("The file is empty."))).toEqual([
      { reason: "INVALID", field: null, message: "The file is empty." },
    ]);
  });
});
