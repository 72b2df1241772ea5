import { feedKinds } from "../../account/feed";
import { bodyText, retryAfterMs, sentBy, typeNameOf } from "./webhook";

const at = new Date("2026-11-26T12:00:00Z");
const sent = (status: number) => sentBy({ status, retryAfterMs: null });

describe("a webhook", () => {
  it("uses the event names of the GraphQL types", () => {
    expect(feedKinds.map(typeNameOf)).toEqual(
      expect.arrayContaining(["LeadMatched", "LeadUpdated", "LeadRevoked", "CapReached", "EndpointPaused"]),
    );
  });

  it("contains type, timestamp and data", () => {
    expect(bodyText({ type: "LeadMatched", timestamp: at, data: { lead: null } })).toBe(
      '{"type":"LeadMatched","timestamp":"2026-11-26T12:00:00.000Z","data":{"lead":null}}',
    );
  });

  it.each([200, 201, 202, 204, 299])("counts as delivered when the receiver answers %i", (status) => {
    expect(sent(status)).toEqual({ kind: "DELIVERED", status });
  });

  it.each([
    [300, "REDIRECTED"],
    [302, "REDIRECTED"],
    [308, "REDIRECTED"],
    [410, "GONE"],
    [400, "REFUSED"],
    [413, "REFUSED"],
    [422, "REFUSED"],
    [401, "NOT_ACCEPTED"],
    [404, "NOT_ACCEPTED"],
    [429, "NOT_ACCEPTED"],
    [500, "NOT_ACCEPTED"],
    [503, "NOT_ACCEPTED"],
  ] as const)("fails when the receiver answers %i: %s", (status, reason) => {
    expect(sent(status)).toEqual({ kind: "FAILED", reason, status, retryAfterMs: null });
  });

  it.each([
    [null, null],
    ["120", 120_000],
    ["Thu, 26 Nov 2026 12:01:00 GMT", 60_000],
    ["Thu, 26 Nov 2026 11:00:00 GMT", 0],
    ["soon", null],
    ["-5", null],
  ])("reads Retry-After %j as %j ms", (header, ms) => {
    expect(retryAfterMs(header, at)).toBe(ms);
  });
});
