import fc from "fast-check";
import { faultInAttempts } from "./attempts";
import {
  dayMs,
  decideReturn,
  mostReturnsOfLead,
  policyAt,
  returnReasons,
  type EarlierReturn,
  type Evidence,
  type ReturnReason,
} from "./return";

const matchedAt = new Date("2026-11-02T09:00:00Z");
const policy = policyAt(matchedAt);
const evidence = (change: Partial<Evidence> = {}): Evidence => ({
  matchedAt,
  credited: false,
  earlier: [],
  numberProven: false,
  duplicate: false,
  inZone: true,
  withdrawnAt: null,
  readBefore: null,
  receivedInMonth: 100,
  subjectiveInMonth: 0,
  ...change,
});
const after = (days: number): Date => new Date(matchedAt.getTime() + days * dayMs);
const decided = (reason: ReturnReason, change: Partial<Evidence> = {}, days = 10) =>
  decideReturn(reason, evidence(change), { at: after(days), policy });

describe("the decision on a return", () => {
  it.each([
    ["WRONG_NUMBER", { numberProven: true }, false, "NUMBER_PROVEN"],
    ["WRONG_NUMBER", { numberProven: null }, false, "NO_NUMBER_GIVEN"],
    ["DUPLICATE", { duplicate: true }, true, "DUPLICATE_FOUND"],
    ["DUPLICATE", {}, false, "NO_DUPLICATE"],
    ["OUTSIDE_ZONE", {}, false, "IN_ZONE"],
    ["OUTSIDE_ZONE", { inZone: false }, true, "NOT_IN_ZONE"],
    ["CONSENT_WITHDRAWN", {}, false, "NOT_WITHDRAWN"],
    ["CONSENT_WITHDRAWN", { withdrawnAt: after(1), readBefore: false }, true, "WITHDRAWN_UNREAD"],
    ["CONSENT_WITHDRAWN", { withdrawnAt: after(1), readBefore: true }, false, "WITHDRAWN_AFTER_READING"],
  ] as const)("for %s with %j is made at once: accepted %s, %s", (reason, change, accepted, finding) => {
    expect(decided(reason, change)).toEqual({ kind: "DECIDE", accepted, finding });
  });

  it.each(["UNREACHABLE", "FRAUD", "CRITERIA_NOT_MET", "WRONG_NUMBER"] as const)(
    "for %s, which our records cannot settle, is left to staff for seven days",
    (reason) => {
      expect(decided(reason)).toEqual({ kind: "ASK", decideBy: after(17) });
    },
  );

  it("accepts requests for 45 days, which is longer than the 30 days of lawful calls", () => {
    expect(decided("UNREACHABLE", {}, 45)).toMatchObject({ kind: "ASK" });
    expect(decided("UNREACHABLE", {}, 45.01)).toEqual({ kind: "REFUSE", refusal: "TOO_LATE" });
    expect(decided("DUPLICATE", { duplicate: true }, 46)).toMatchObject({ kind: "REFUSE" });
  });

  const earlier = (reason: ReturnReason, status: EarlierReturn["status"]): Partial<Evidence> => ({
    earlier: [{ reason, status }],
  });
  const again = { refusal: "RETURNED_BEFORE" };

  it.each(["PENDING", "ACCEPTED"] as const)("refuses a second return while one is %s", (status) => {
    for (const reason of returnReasons) {
      expect(decided("FRAUD", earlier(reason, status))).toMatchObject(again);
      expect(decided("DUPLICATE", { ...earlier(reason, status), duplicate: true })).toMatchObject(again);
    }
  });

  it("refuses a reason that was rejected, and hears every other one", () => {
    for (const reason of returnReasons) {
      for (const rejected of returnReasons) {
        const decision = decided(reason, earlier(rejected, "REJECTED"));
        if (reason === rejected) expect(decision).toMatchObject(again);
        else expect(decision).toEqual(decided(reason));
      }
    }
  });

  it("hears every reason after a withdrawal, and at most five returns in all", () => {
    for (const reason of returnReasons)
      expect(decided(reason, earlier(reason, "WITHDRAWN"))).toEqual(decided(reason));
    const withdrawn = (count: number): Partial<Evidence> => ({
      earlier: Array.from({ length: count }, () => ({ reason: "FRAUD", status: "WITHDRAWN" })),
    });
    expect(decided("FRAUD", withdrawn(mostReturnsOfLead - 1))).toMatchObject({ kind: "ASK" });
    expect(decided("FRAUD", withdrawn(mostReturnsOfLead))).toMatchObject(again);
  });

  it("keeps the deadline for a second return", () => {
    expect(decided("FRAUD", earlier("DUPLICATE", "REJECTED"), 46)).toMatchObject({ refusal: "TOO_LATE" });
  });

  it("refuses a lead that was already credited", () => {
    expect(decided("FRAUD", { credited: true })).toMatchObject({ refusal: "CREDITED_BEFORE" });
  });

  it("limits the share of returns that staff decide, but not of those that our records settle", () => {
    expect(decided("FRAUD", { subjectiveInMonth: 19 })).toMatchObject({ kind: "ASK" });
    expect(decided("FRAUD", { subjectiveInMonth: 20 })).toMatchObject({ refusal: "SHARE_REACHED" });
    expect(decided("FRAUD", { receivedInMonth: 4, subjectiveInMonth: 2 })).toMatchObject({ kind: "ASK" });
    expect(decided("FRAUD", { receivedInMonth: 4, subjectiveInMonth: 3 })).toMatchObject({ kind: "REFUSE" });
    fc.assert(
      fc.property(fc.constantFrom(...returnReasons), fc.nat(1000), (reason, subjectiveInMonth) => {
        const few = decided(reason, { duplicate: true, inZone: false, numberProven: true });
        const many = decided(reason, {
          duplicate: true,
          inZone: false,
          numberProven: true,
          subjectiveInMonth,
        });
        if (few.kind === "DECIDE") expect(many).toEqual(few);
      }),
    );
  });
});

describe("calls that show that a person is unreachable", () => {
  const calls = (attempts: readonly string[], timeZone = "Europe/Paris") =>
    faultInAttempts({ attempts: attempts.map((text) => new Date(text)), matchedAt, at: after(40), timeZone });
  const good = [
    "2026-11-03T09:30:00Z",
    "2026-11-10T15:00:00Z",
    "2026-11-18T18:59:00Z",
    "2026-11-30T13:00:00Z",
  ];

  it("are four within thirty days, during the lawful hours", () => {
    expect(calls(good)).toBeNull();
    expect(calls(good.slice(1))?.message).toMatch("4 calls");
    expect(calls([...good.slice(0, 3), good[0] ?? ""])?.message).toMatch("4 calls");
    expect(calls([...good.slice(0, 3), "2026-12-04T13:00:00Z"])?.message).toMatch("within 30 days");
    expect(calls(["2026-11-01T09:30:00Z", ...good.slice(1)])?.message).toMatch("before you received");
  });

  it.each([
    ["a Saturday", "2026-11-07T10:00:00Z"],
    ["a public holiday", "2026-11-11T10:00:00Z"],
    ["a weekday at lunchtime", "2026-11-12T12:30:00Z"],
    ["a weekday evening", "2026-11-12T19:00:00Z"],
    ["an early weekday morning", "2026-11-12T08:59:00Z"],
  ])("do not count on %s", (_, attempt) => {
    expect(calls([attempt, ...good.slice(1)])?.message).toMatch("outside the hours");
  });

  it("are judged by the person's time zone", () => {
    expect(calls(good, "Indian/Reunion")?.message).toMatch("outside the hours");
    expect(
      calls(
        ["2026-11-03T06:30:00Z", "2026-11-10T11:00:00Z", "2026-11-18T12:59:00Z", "2026-11-30T13:00:00Z"],
        "Indian/Reunion",
      ),
    ).toBeNull();
  });
});
