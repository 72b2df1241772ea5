import type { ConsentDeclaration } from "../../reference/catalogue";
import type { AppError } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
import type { Grant, ShownRecipient, ConsentWithdrawn } from "./acts";
import { checkGrants, checkWithdrawal } from "./grants";

const atlas = "0a1b2c3d-0000-4000-8000-00000000000a";
const borel = "0a1b2c3d-0000-4000-8000-00000000000b";
const stranger = "0a1b2c3d-0000-4000-8000-00000000000c";
const shown: readonly ShownRecipient[] = [
  { supplierId: atlas, name: "Atlas", creditAgencies: ["Agence Une"] },
  { supplierId: borel, name: "Borel", creditAgencies: [] },
];
const declaration: ConsentDeclaration = {
  language: "FR",
  text: "…",
  purposes: [
    { purpose: "TRANSMIT", text: "…" },
    { purpose: "FEEDBACK_CALL", text: "…" },
  ],
};
const check = (...grants: Grant[]) => {
  checkGrants(grants, shown, declaration);
};
const refusalOf = (act: () => void): { code?: string; message?: string } => {
  try {
    act();
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message };
  }
  return {};
};
const invalid = (message: string) => ({ code: "INVALID_INPUT", message });

describe("checkGrants", () => {
  it("accepts no grant, some of the suppliers shown, and any purpose of the declaration", () => {
    const ticked: Grant[] = [
      { purpose: "TRANSMIT", supplierIds: [atlas, borel], channels: ["EMAIL"] },
      {
        purpose: "TRANSMIT",
        supplierIds: [atlas],
        channels: ["PHONE", "SMS"],
        creditAgencies: ["Agence Une"],
      },
      { purpose: "FEEDBACK_CALL" },
    ];
    expect(() => {
      check();
      check(...ticked);
    }).not.toThrow();
  });

  it("accepts null for optional fields", () => {
    const grant = { purpose: "FEEDBACK_CALL", supplierIds: null, channels: null } as unknown as Grant;
    expect(refusalOf(() => check(grant))).toEqual({});
  });

  const noSuppliers =
    "A TRANSMIT grant names its suppliers: an empty list is not 'all of them'. Leave the grant out if none was ticked.";
  const noChannels =
    "A TRANSMIT grant names its channels (PHONE, SMS, EMAIL). Leave the grant out if none was ticked.";
  it.each<[string, Grant, string]>([
    [
      "a purpose that was not in the declaration",
      { purpose: "AUDIENCES" },
      "Purpose AUDIENCES is not in the declaration that was shown. It offers TRANSMIT, FEEDBACK_CALL.",
    ],
    ["a TRANSMIT grant without suppliers", { purpose: "TRANSMIT", channels: ["EMAIL"] }, noSuppliers],
    [
      "an empty list of suppliers",
      { purpose: "TRANSMIT", supplierIds: [], channels: ["EMAIL"] },
      noSuppliers,
    ],
    ["a TRANSMIT grant without channels", { purpose: "TRANSMIT", supplierIds: [atlas] }, noChannels],
    ["an empty list of channels", { purpose: "TRANSMIT", supplierIds: [atlas], channels: [] }, noChannels],
    [
      "a supplier that was not shown, next to one that was",
      { purpose: "TRANSMIT", supplierIds: [atlas, stranger], channels: ["EMAIL"] },
      `Supplier ${stranger} was not shown to the person by this preview, so it cannot be consented to. Preview again and show it.`,
    ],
    [
      "text instead of a supplier id, without repeating it",
      { purpose: "TRANSMIT", supplierIds: ["zelie@exemple.example"], channels: ["EMAIL"] },
      "A supplier named in supplierIds was not shown to the person by this preview, so it cannot be consented to. Preview again and show it.",
    ],
    [
      "a credit agency that was not shown, without repeating it",
      { purpose: "TRANSMIT", supplierIds: [atlas], channels: ["EMAIL"], creditAgencies: ["Agence Deux"] },
      "A grant names a credit agency that was not shown to the person. The recipients of the preview list theirs.",
    ],
    [
      "suppliers for a purpose of CarAtlas's own",
      { purpose: "FEEDBACK_CALL", supplierIds: [atlas] },
      "Purpose FEEDBACK_CALL is CarAtlas's own: it takes no supplierIds and no channels.",
    ],
    [
      "channels for a purpose of CarAtlas's own",
      { purpose: "FEEDBACK_CALL", channels: ["PHONE"] },
      "Purpose FEEDBACK_CALL is CarAtlas's own: it takes no supplierIds and no channels.",
    ],
  ])("refuses %s", (_, grant, message) => {
    const fine: Grant = { purpose: "TRANSMIT", supplierIds: [borel], channels: ["EMAIL"] };
    expect(refusalOf(() => check(fine, grant))).toEqual(invalid(message));
  });
});

it("finds all faults of all grants, each with its place", () => {
  const grants: Grant[] = [
    { purpose: "TRANSMIT", supplierIds: [atlas, stranger] },
    { purpose: "AUDIENCES", creditAgencies: ["Agence Deux"] },
  ];
  let found: unknown;
  try {
    check(...grants);
  } catch (error) {
    found = faultsOf(error as AppError).map(({ field, reason }) => [field, reason]);
  }
  expect(found).toEqual([
    ["[0].supplierIds[1]", "UNKNOWN_VALUE"],
    ["[0].channels", "REQUIRED"],
    ["[1].purpose", "UNKNOWN_VALUE"],
    ["[1].creditAgencies", "UNKNOWN_VALUE"],
  ]);
});

describe("checkWithdrawal", () => {
  const withdraw = (what: Omit<ConsentWithdrawn, "kind">) => refusalOf(() => checkWithdrawal(what, shown));

  it("accepts everything, one purpose, some suppliers and some channels", () => {
    expect(withdraw({})).toEqual({});
    expect(withdraw({ purpose: "AUDIENCES" })).toEqual({});
    expect(withdraw({ supplierIds: [borel, atlas], channels: ["SMS"] })).toEqual({});
  });

  const empty = "An empty list withdraws nothing. Leave the field out to withdraw from all.";
  it.each<[string, Omit<ConsentWithdrawn, "kind">, string]>([
    ["an empty list of suppliers", { supplierIds: [] }, empty],
    ["an empty list of channels", { channels: [] }, empty],
    [
      "a supplier that was never shown",
      { supplierIds: [atlas, stranger] },
      `Supplier ${stranger} is not part of this request. myRequest lists the recipients.`,
    ],
    [
      "text instead of an id, without repeating it",
      { supplierIds: ["zelie@exemple.example"] },
      "A supplier named in supplierIds is not part of this request. myRequest lists the recipients.",
    ],
  ])("refuses %s", (_, what, message) => {
    expect(withdraw(what)).toEqual(invalid(message));
  });
});
