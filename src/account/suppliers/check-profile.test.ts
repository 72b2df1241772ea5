import type { AppError } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
import type { BillingProfile } from "./billing-profile";
import { updatedProfile, type ProfileUpdate } from "./check-profile";

const supplier = { siren: "123456782", vatNumber: "FR11123456782", country: "FR" };
const address = { street: "1 rue A", postcode: "69001", city: "Lyon", language: "FR" } as const;
const current: BillingProfile = {
  ...{
    ...address,
    country: "FR",
    vatNumber: supplier.vatNumber,
    purchaseOrder: "PO 1",
    email: "a@b.example",
  },
};

function refusedFor(before: BillingProfile | null, update: ProfileUpdate): unknown[] {
  try {
    return [updatedProfile({ current: before, supplier }, update)];
  } catch (error) {
    return faultsOf(error as AppError).map(({ field, reason }) => [field, reason]);
  }
}

describe("updatedProfile", () => {
  it("keeps what an update does not name", () => {
    expect(updatedProfile({ current, supplier }, {})).toEqual(current);
    expect(updatedProfile({ current, supplier }, { street: " 2 rue B " })).toEqual({
      ...current,
      street: "2 rue B",
    });
  });

  it("sets defaults for null and refuses null where there is none", () => {
    expect(
      updatedProfile({ current, supplier }, { email: null, purchaseOrder: null, vatNumber: null }),
    ).toEqual({
      ...{ ...current, email: null, purchaseOrder: null, vatNumber: null },
    });
    expect(refusedFor(current, { country: null, city: null })).toEqual([
      ["country", "NULL_NOT_ALLOWED"],
      ["city", "NULL_NOT_ALLOWED"],
    ]);
  });

  it("names everything that is missing the first time", () => {
    expect(refusedFor(null, {})).toEqual([
      ["country", "REQUIRED"],
      ["street", "REQUIRED"],
      ["postcode", "REQUIRED"],
      ["city", "REQUIRED"],
      ["language", "REQUIRED"],
    ]);
  });

  it("begins with the registered VAT number of a French supplier", () => {
    const first = { ...address, country: "FR" };
    expect(updatedProfile({ current: null, supplier }, first).vatNumber).toBe(supplier.vatNumber);
    expect(refusedFor(null, { ...first, country: "BE" })).toEqual([["vatNumber", "REQUIRED"]]);
    expect(refusedFor(current, { country: "BE" })).toEqual([["vatNumber", "MALFORMED"]]);
  });

  it("names every fault at once", () => {
    const wrong = {
      street: "",
      postcode: "x".repeat(13),
      email: "nobody",
      purchaseOrder: "a\nb",
      vatNumber: "FR1",
    };
    expect(refusedFor(current, wrong)).toEqual([
      ["vatNumber", "INVALID"],
      ["street", "EMPTY"],
      ["postcode", "TOO_LONG"],
      ["purchaseOrder", "MALFORMED"],
      ["email", "MALFORMED"],
    ]);
  });
});
