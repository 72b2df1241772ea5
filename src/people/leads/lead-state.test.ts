import fc from "fast-check";
import {
  changes,
  closed,
  confirmed,
  erased,
  matchedAtOnce,
  narrowed,
  unconfirmed,
  waiting,
  type LeadStatus,
} from "./lead-state";

const at = new Date("2026-11-02T10:00:00Z");
const later = new Date("2026-11-03T10:00:00Z");
const open = confirmed(unconfirmed(["a", "b"]), at);

it("confirms a request once and schedules the first try at once", () => {
  expect(open).toMatchObject({ state: "OPEN", confirmedAt: at, nextTryAt: at, waitingFor: ["a", "b"] });
  expect(() => confirmed(open, later)).toThrow("A request that is OPEN cannot CONFIRM.");
});

it("keeps a request open for the suppliers given until the next try", () => {
  expect(waiting(open, { for: ["b"], nextTryAt: later })).toEqual({
    ...open,
    waitingFor: ["b"],
    nextTryAt: later,
  });
});

it("schedules no try after a request is closed", () => {
  const done = closed(open, "WAIT_ENDED", later);
  expect(done).toMatchObject({
    state: "CLOSED",
    closeReason: "WAIT_ENDED",
    closedAt: later,
    nextTryAt: null,
    waitingFor: [],
  });
  expect(() => closed(done, "SEATS_FILLED", later)).toThrow("cannot CLOSE");
});

it("stays open after a withdrawal while it waits for a supplier in scope", () => {
  expect(narrowed(open, new Set(["b"]), later)).toEqual({ ...open, waitingFor: ["b"] });
});

it("closes as withdrawn when no supplier is left in scope", () => {
  expect(narrowed(open, new Set(), later)).toMatchObject({
    state: "CLOSED",
    closeReason: "WITHDRAWN",
    closedAt: later,
  });
});

it("closes as filled when only suppliers that received it are left in scope", () => {
  const withOneLeft = waiting(open, { for: ["b"], nextTryAt: later });
  expect(narrowed(withOneLeft, new Set(["a"]), later)).toMatchObject({
    state: "CLOSED",
    closeReason: "SEATS_FILLED",
  });
});

it("keeps the time of closing when a closed request is erased", () => {
  const done = closed(open, "SEATS_FILLED", at);
  expect(erased(done, later)).toMatchObject({
    state: "CLOSED",
    closeReason: "ERASED",
    closedAt: at,
    erasedAt: later,
  });
  expect(erased(open, later)).toMatchObject({ closedAt: later, erasedAt: later });
});

it("creates a sandbox's request as closed", () => {
  expect(matchedAtOnce(at)).toMatchObject({
    state: "CLOSED",
    closeReason: "SEATS_FILLED",
    confirmedAt: at,
    waitingFor: [],
  });
});

it("never waits for a supplier or a try once closed, after any sequence of changes", () => {
  const apply: Record<keyof typeof changes, (lead: LeadStatus) => LeadStatus> = {
    CONFIRM: (lead) => confirmed(lead, at),
    WAIT: (lead) => waiting(lead, { for: ["a"], nextTryAt: later }),
    CLOSE: (lead) => closed(lead, "SEATS_FILLED", at),
    WITHDRAW: (lead) => narrowed(lead, new Set<string>(), at),
    ERASE: (lead) => erased(lead, later),
  };
  const steps = fc.array(fc.constantFrom("CONFIRM", "WAIT", "CLOSE", "WITHDRAW", "ERASE"), { maxLength: 6 });
  fc.assert(
    fc.property(steps, (names) => {
      let lead = unconfirmed(["a", "b"]);
      for (const name of names) {
        if (!(changes[name].from as readonly string[]).includes(lead.state)) continue;
        lead = apply[name](lead);
        expect((lead.state === "CLOSED") === (lead.closeReason !== null)).toBe(true);
        if (lead.state === "CLOSED") expect([lead.nextTryAt, lead.waitingFor]).toEqual([null, []]);
      }
    }),
  );
});
