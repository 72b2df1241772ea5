import fc from "fast-check";
import type { ContactChannel, Purpose } from "../../reference/catalogue";
import {
  purposesOf,
  consentScopeOf,
  type ConsentAct,
  type ConsentGiven,
  type Grant,
  type ConsentScope,
  type ConsentWithdrawn,
} from "./acts";

const suppliers = ["atlas", "borel", "cazal", "dumas"];
const channels: readonly ContactChannel[] = ["PHONE", "SMS", "EMAIL"];
const ownPurposes: readonly Purpose[] = [
  "QUALIFICATION_CALL",
  "FEEDBACK_CALL",
  "APPOINTMENT",
  "CREDIT_CHECK",
  "AUDIENCES",
];
const declared = { formVersion: 1, language: "FR" as const, textHash: "0".repeat(64) };

const given = (shown: readonly string[], ...grants: Grant[]): ConsentGiven => ({
  kind: "GIVEN",
  shown: shown.map((supplierId) => ({ supplierId, name: supplierId, creditAgencies: [] })),
  grants,
  declared,
});
const transmit = (supplierIds: readonly string[], by: readonly ContactChannel[]): Grant => ({
  purpose: "TRANSMIT",
  supplierIds,
  channels: by,
});
const withdrawn = (what: Omit<ConsentWithdrawn, "kind"> = {}): ConsentWithdrawn => ({
  kind: "WITHDRAWN",
  ...what,
});

const pairsOf = (scope: ConsentScope): string[] =>
  [...scope].flatMap(([supplier, by]) => [...by].map((channel) => `${supplier} ${channel}`)).sort();

/** A slow reference implementation that decides one supplier and one channel at a time. */
const oracle = (acts: readonly ConsentAct[]): string[] =>
  suppliers
    .flatMap((supplier) => channels.map((channel) => ({ supplier, channel })))
    .filter((pair) =>
      acts.reduce(
        (may, act) => (act.kind === "GIVEN" ? may || gives(act, pair) : may && !takes(act, pair)),
        false,
      ),
    )
    .map(({ supplier, channel }) => `${supplier} ${channel}`)
    .sort();

interface Pair {
  readonly supplier: string;
  readonly channel: ContactChannel;
}
const gives = ({ shown, grants }: ConsentGiven, { supplier, channel }: Pair): boolean =>
  shown.some(({ supplierId }) => supplierId === supplier) &&
  grants.some(
    ({ purpose, supplierIds = [], channels: by = [] }) =>
      purpose === "TRANSMIT" && supplierIds.includes(supplier) && by.includes(channel),
  );
const takes = (
  { purpose = "TRANSMIT", supplierIds, channels: by }: ConsentWithdrawn,
  { supplier, channel }: Pair,
): boolean =>
  purpose === "TRANSMIT" &&
  (supplierIds ?? [supplier]).includes(supplier) &&
  (by ?? [channel]).includes(channel);

const someSuppliers = fc.subarray(suppliers);
const someChannels = fc.subarray([...channels]);
const anyGrant: fc.Arbitrary<Grant> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(someSuppliers, someChannels).map(([who, by]) => transmit(who, by)) },
  { weight: 1, arbitrary: fc.constantFrom(...ownPurposes).map((purpose) => ({ purpose })) },
  // Grants that checkGrants refuses must not widen the scope either.
  { weight: 1, arbitrary: fc.constant<Grant>({ purpose: "TRANSMIT" }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...ownPurposes), someSuppliers, someChannels)
      .map(([purpose, who, by]) => ({ ...transmit(who, by), purpose })),
  },
);
const anyGiven = fc
  .tuple(someSuppliers, fc.array(anyGrant, { maxLength: 4 }))
  .map(([shown, grants]) => given(shown, ...grants));
const anyWithdrawal: fc.Arbitrary<ConsentWithdrawn> = fc
  .record(
    {
      purpose: fc.constantFrom<Purpose>("TRANSMIT", ...ownPurposes),
      supplierIds: someSuppliers,
      channels: someChannels,
    },
    { requiredKeys: [] },
  )
  .map(withdrawn);
const anyActs = fc.array(fc.oneof(anyGiven, anyWithdrawal), { maxLength: 8 });

describe("consentScopeOf", () => {
  it("equals shown ∩ granted − withdrawn for any sequence of acts", () => {
    fc.assert(
      fc.property(anyActs, (acts) => {
        expect(pairsOf(consentScopeOf(acts))).toEqual(oracle(acts));
      }),
      { numRuns: 1_000 },
    );
  });

  it("omits suppliers without any channel left", () => {
    fc.assert(
      fc.property(anyActs, (acts) => {
        expect([...consentScopeOf(acts).values()].every((by) => by.size > 0)).toBe(true);
      }),
    );
  });

  it("never grows through a withdrawal", () => {
    fc.assert(
      fc.property(anyActs, anyWithdrawal, (acts, act) => {
        const before = pairsOf(consentScopeOf(acts));
        expect(before).toEqual(expect.arrayContaining(pairsOf(consentScopeOf([...acts, act]))));
        const purposes = [...purposesOf(acts)];
        expect(purposes).toEqual(expect.arrayContaining([...purposesOf([...acts, act])]));
      }),
    );
  });

  it("does not change when a withdrawal is repeated", () => {
    fc.assert(
      fc.property(anyActs, anyWithdrawal, (acts, act) => {
        const once = [...acts, act];
        expect(pairsOf(consentScopeOf([...once, act]))).toEqual(pairsOf(consentScopeOf(once)));
        expect(purposesOf([...once, act])).toEqual(purposesOf(once));
      }),
    );
  });

  it("does not depend on the order of two withdrawals", () => {
    fc.assert(
      fc.property(anyActs, anyWithdrawal, anyWithdrawal, (acts, one, other) => {
        expect(pairsOf(consentScopeOf([...acts, one, other]))).toEqual(
          pairsOf(consentScopeOf([...acts, other, one])),
        );
      }),
    );
  });

  it("does not depend on the order of suppliers, grants and channels", () => {
    const turned = (act: ConsentAct): ConsentAct =>
      act.kind === "GIVEN"
        ? {
            ...act,
            shown: act.shown.toReversed(),
            grants: act.grants.toReversed().map((grant) => ({
              ...grant,
              ...(grant.supplierIds && { supplierIds: grant.supplierIds.toReversed() }),
              ...(grant.channels && { channels: grant.channels.toReversed() }),
            })),
          }
        : { ...act, ...(act.supplierIds && { supplierIds: act.supplierIds.toReversed() }) };
    fc.assert(
      fc.property(anyActs, (acts) => {
        expect(pairsOf(consentScopeOf(acts.map(turned)))).toEqual(pairsOf(consentScopeOf(acts)));
      }),
    );
  });

  it("unites the channels of two grants to one supplier", () => {
    const acts = [given(["atlas"], transmit(["atlas"], ["EMAIL"]), transmit(["atlas"], ["PHONE"]))];
    expect(pairsOf(consentScopeOf(acts))).toEqual(["atlas EMAIL", "atlas PHONE"]);
  });

  it("omits suppliers that were granted but not shown", () => {
    expect(consentScopeOf([given(["atlas"], transmit(["atlas", "borel"], ["EMAIL"]))]).has("borel")).toBe(
      false,
    );
  });

  it("is empty after a full withdrawal and can be granted again", () => {
    const first = given(["atlas"], transmit(["atlas"], ["EMAIL"]));
    expect(consentScopeOf([first, withdrawn()]).size).toBe(0);
    expect(pairsOf(consentScopeOf([first, withdrawn(), first]))).toEqual(["atlas EMAIL"]);
  });
});

describe("purposesOf", () => {
  const calls = ["QUALIFICATION_CALL", "FEEDBACK_CALL", "APPOINTMENT"];
  const all = given(
    ["atlas"],
    transmit(["atlas"], ["PHONE"]),
    ...ownPurposes.map((purpose) => ({ purpose })),
  );

  it("returns the granted purposes except TRANSMIT", () => {
    expect([...purposesOf([all])]).toEqual(ownPurposes);
    expect(purposesOf([given(["atlas"], transmit(["atlas"], ["PHONE"]))]).size).toBe(0);
  });

  it.each<[string, Omit<ConsentWithdrawn, "kind">, readonly string[]]>([
    ["withdrawing everything ends all purposes", {}, []],
    [
      "withdrawing one purpose ends only that one",
      { purpose: "FEEDBACK_CALL" },
      ownPurposes.filter((one) => one !== "FEEDBACK_CALL"),
    ],
    ["withdrawing TRANSMIT ends none", { purpose: "TRANSMIT" }, ownPurposes],
    ["withdrawing one supplier ends none", { supplierIds: ["atlas"] }, ownPurposes],
    [
      "withdrawing one supplier's phone ends none",
      { supplierIds: ["atlas"], channels: ["PHONE"] },
      ownPurposes,
    ],
    [
      "withdrawing the phone ends CarAtlas's own calls",
      { channels: ["PHONE"] },
      ownPurposes.filter((one) => !calls.includes(one)),
    ],
    ["withdrawing e-mail and SMS ends none", { channels: ["EMAIL", "SMS"] }, ownPurposes],
  ])("returns what is left after a withdrawal: %s", (_, what, left) => {
    expect([...purposesOf([all, withdrawn(what)])]).toEqual(left);
  });

  it("returns purposes that are granted again", () => {
    const again = given([], { purpose: "FEEDBACK_CALL" });
    expect([...purposesOf([all, withdrawn(), again])]).toEqual(["FEEDBACK_CALL"]);
  });

  it("does not change the suppliers' scope when a purpose is withdrawn", () => {
    expect(pairsOf(consentScopeOf([all, withdrawn({ purpose: "AUDIENCES" })]))).toEqual(["atlas PHONE"]);
  });
});
