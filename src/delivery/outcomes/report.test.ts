import {
  decideReport,
  errorOf,
  noSuchLead,
  reportThatCounts,
  type OutcomeReport,
  type OutcomeStatus,
  type ReportContext,
} from "./report";

const matchedAt = new Date("2026-11-20T09:00:00Z");
const now = new Date("2026-11-22T09:00:00Z");
const minuteMs = 60_000;
const report = (change: Partial<OutcomeReport> = {}): OutcomeReport => ({
  leadId: "0142b2c3-0000-8000-8000-00000000000d",
  status: "CONTACTED",
  occurredAt: new Date("2026-11-21T09:00:00Z"),
  saleCents: null,
  vehicle: null,
  comment: null,
  externalId: null,
  ...change,
});
const context = (change: Partial<ReportContext> = {}): ReportContext => ({
  matchedAt,
  revoked: false,
  now,
  earlier: "NONE",
  ...change,
});
const statuses: readonly OutcomeStatus[] = [
  "CONTACTED",
  "UNREACHABLE",
  "APPOINTMENT",
  "QUOTED",
  "SOLD",
  "LOST",
  "INVALID",
  "DUPLICATE",
];
const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
const stored = { kind: "STORE", occurredAt: expect.any(Date) as Date };
const refused = (message: string, code = "INVALID_INPUT") => ({ kind: "REFUSE", code, message });

describe("an outcome report", () => {
  it.each(statuses)("is accepted for %s, with free text and an externalId", (status) => {
    const words = { vehicle: "Dacia Sandero", comment: "Rappeler lundi.", externalId: "crm-17" };
    expect(decideReport(report({ status, ...words }), context())).toEqual(stored);
  });

  it.each([0, 1, 1_850_000])("is accepted with a sale of %d cents", (saleCents) => {
    expect(decideReport(report({ status: "SOLD", saleCents }), context())).toEqual(stored);
  });

  it("is accepted for a sale without a price", () => {
    expect(decideReport(report({ status: "SOLD" }), context())).toEqual(stored);
  });

  it("is recognised when repeated, even if it could no longer be accepted as new", () => {
    const context2 = context({ earlier: "SAME", revoked: true, now: new Date(0) });
    expect(decideReport(report({ comment: "Rappeler lundi." }), context2)).toEqual({ kind: "KNOWN" });
  });

  it("is a conflict when another report used its externalId, whatever else is wrong with it", () => {
    const conflict =
      "This externalId was used for another report of this lead. Send a correction under a new externalId.";
    expect(decideReport(report({ saleCents: -1 }), context({ earlier: "OTHER" }))).toEqual(
      refused(conflict, "CONFLICT"),
    );
  });

  const future = "occurredAt lies in the future.";
  const before = "occurredAt lies before you received the lead.";
  it.each<[string, Date, object]>([
    ["five minutes ahead of our clock", after(now, 5 * minuteMs), stored],
    ["more than five minutes ahead", after(now, 5 * minuteMs + 1), refused(future)],
    ["five minutes before the match", after(matchedAt, -5 * minuteMs), stored],
    ["more than five minutes before the match", after(matchedAt, -5 * minuteMs - 1), refused(before)],
  ])("tolerates clocks that differ by five minutes: %s", (_, occurredAt, decision) => {
    expect(decideReport(report({ occurredAt }), context())).toEqual(decision);
  });

  it.each(statuses.filter((status) => status !== "SOLD"))("is refused for %s with a price", (status) => {
    const error = "saleCents belongs to SOLD only. Leave it out.";
    expect(decideReport(report({ status, saleCents: 0 }), context())).toEqual(refused(error));
  });

  it("is refused with a negative price", () => {
    const error = "saleCents is not negative.";
    expect(decideReport(report({ status: "SOLD", saleCents: -1 }), context())).toEqual(refused(error));
  });

  const ended = "Your right to this person's data has ended. Report without vehicle and comment.";
  it.each<[string, Partial<OutcomeReport>, object]>([
    ["figures are still accepted", { status: "SOLD", saleCents: 1_850_000, externalId: "crm-17" }, stored],
    ["a vehicle is refused", { vehicle: "Dacia Sandero" }, refused(ended)],
    ["a comment is refused", { comment: "Rappeler lundi." }, refused(ended)],
  ])("after the lead was revoked: %s", (_, change, decision) => {
    expect(decideReport(report(change), context({ revoked: true }))).toEqual(decision);
  });

  it.each([
    ["vehicle", 200],
    ["comment", 2_000],
    ["externalId", 200],
  ] as const)("takes 1 to %2$s characters of %1$s", (field, longest) => {
    const error = `${field} takes 1 to ${String(longest)} characters.`;
    const decide = (length: number) => decideReport(report({ [field]: "x".repeat(length) }), context());
    expect(decide(0)).toEqual(refused(error));
    expect(decide(1)).toEqual(stored);
    expect(decide(longest)).toEqual(stored);
    expect(decide(longest + 1)).toEqual(refused(error));
  });
});

describe("a day without a time", () => {
  const instantOf = (day: string, change: Partial<ReportContext> = {}): string => {
    const decision = decideReport(report({ occurredAt: { day } }), context(change));
    if (decision.kind === "STORE") return decision.occurredAt.toISOString();
    return decision.kind === "REFUSE" ? decision.message : decision.kind;
  };

  it("is that day in Paris", () => {
    expect(instantOf("2026-11-21")).toBe("2026-11-20T23:00:00.000Z");
    expect(instantOf("2026-07-14", { matchedAt: new Date("2026-07-01T00:00:00Z") })).toBe(
      "2026-07-13T22:00:00.000Z",
    );
  });

  it("may be the day on which the lead was received, and is then not before it", () => {
    expect(instantOf("2026-11-20")).toBe(matchedAt.toISOString());
    expect(instantOf("2026-11-19")).toBe("occurredAt lies before you received the lead.");
  });

  it("may be today, by the clock of Paris, and not tomorrow", () => {
    const late = new Date("2026-11-22T23:30:00Z");
    expect(instantOf("2026-11-23", { now: late })).toBe("2026-11-22T23:00:00.000Z");
    expect(instantOf("2026-11-24", { now: late })).toBe("occurredAt lies in the future.");
  });
});

describe("of several reports of a lead", () => {
  const at = (status: OutcomeStatus, day: number) => ({
    ...{ status, occurredAt: new Date(Date.UTC(2026, 10, day)) },
  });

  it("the one that happened last counts, also when an earlier one arrives after it", () => {
    const sold = at("SOLD", 20);
    for (const late of statuses.filter((status) => status !== "SOLD").map((status) => at(status, 19)))
      expect(reportThatCounts([at("CONTACTED", 18), sold, late])).toBe(sold);
    expect(reportThatCounts([sold, at("LOST", 21)])).toEqual(at("LOST", 21));
  });

  it("the last one to arrive counts of those that happened at the same time, or have the same status", () => {
    expect(reportThatCounts([at("SOLD", 20), at("LOST", 20)])?.status).toBe("LOST");
    expect(reportThatCounts([at("SOLD", 20), at("SOLD", 18)])).toEqual(at("SOLD", 18));
    expect(reportThatCounts([])).toBeNull();
  });
});

it("keeps the one sentence in which code and message were told before", () => {
  expect(errorOf(noSuchLead)).toBe("NOT_FOUND: there is no such lead, or it is not yours.");
});
