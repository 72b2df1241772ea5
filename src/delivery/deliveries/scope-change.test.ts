import fc from "fast-check";
import type { ContactChannel } from "../../reference/catalogue";
import { changeOf, type DeliveryRight, type ScopeChange } from "./scope-change";

const channels: readonly ContactChannel[] = ["PHONE", "SMS", "EMAIL"];
const at = new Date("2026-03-28T23:30:00Z");
const ending = { reason: "CONSENT_WITHDRAWN" as const, at };
const held = (...by: ContactChannel[]): DeliveryRight => ({ channels: by, revokedAt: null });
const change = (before: DeliveryRight, ...allowed: ContactChannel[]): ScopeChange | null =>
  changeOf(before, new Set(allowed), ending);

const someChannels = fc.subarray([...channels]);
const atLeastOne = fc.subarray([...channels], { minLength: 1 });

describe("a delivery after the person narrows their consent", () => {
  it("does not change while all its channels are still allowed", () => {
    fc.assert(
      fc.property(atLeastOne, someChannels, (before, more) => {
        expect(change(held(...before), ...before, ...more)).toBeNull();
      }),
    );
  });

  it("keeps exactly the channels that it had and that are still allowed", () => {
    fc.assert(
      fc.property(atLeastOne, someChannels, (before, allowed) => {
        const left = change(held(...before), ...allowed)?.state.channels ?? before;
        expect(left).toEqual(before.filter((channel) => allowed.includes(channel)));
      }),
    );
  });

  it("is revoked exactly when no channel is left", () => {
    fc.assert(
      fc.property(atLeastOne, someChannels, (before, allowed) => {
        const after = change(held(...before), ...allowed);
        const isOver = !before.some((channel) => allowed.includes(channel));
        expect(after?.kind === "LEAD_REVOKED").toBe(isOver);
        expect((after?.state.revokedAt ?? null) !== null).toBe(isOver);
      }),
    );
  });

  it("stays revoked, whatever is allowed later", () => {
    fc.assert(
      fc.property(someChannels, someChannels, (before, allowed) => {
        expect(changeOf({ channels: before, revokedAt: at }, new Set(allowed), ending)).toBeNull();
      }),
    );
  });

  it("only ever loses channels, over any sequence of consents", () => {
    fc.assert(
      fc.property(atLeastOne, fc.array(someChannels, { maxLength: 6 }), (before, scopes) => {
        let now: DeliveryRight = held(...before);
        for (const allowed of scopes) {
          const next = changeOf(now, new Set(allowed), ending)?.state ?? now;
          expect(now.channels).toEqual(expect.arrayContaining([...next.channels]));
          if (now.revokedAt) expect(next).toBe(now);
          now = next;
        }
      }),
    );
  });

  it("is revoked with a reason and a deadline of 72 hours for the acknowledgement", () => {
    const acknowledgeBy = new Date("2026-03-31T23:30:00Z");
    expect(changeOf(held("PHONE", "EMAIL"), new Set(), { reason: "ERASED", at })).toEqual({
      kind: "LEAD_REVOKED",
      detail: { reason: "ERASED", acknowledgeBy: acknowledgeBy.toISOString() },
      state: { channels: [], revokedAt: at, revocationReason: "ERASED", acknowledgeBy, why: [] },
    });
  });

  it.each<[ContactChannel[], ContactChannel[], string[]]>([
    [["PHONE", "SMS"], ["SMS"], ["contact.channels"]],
    [["PHONE", "SMS"], ["PHONE"], ["contact.channels"]],
    [["PHONE", "EMAIL"], ["EMAIL"], ["contact.channels", "contact.phone"]],
    [["SMS", "EMAIL"], ["EMAIL"], ["contact.channels", "contact.phone"]],
    [["PHONE", "EMAIL"], ["PHONE"], ["contact.channels", "contact.email"]],
    [["PHONE", "SMS", "EMAIL"], ["EMAIL"], ["contact.channels", "contact.phone"]],
    [
      ["PHONE", "SMS", "EMAIL"],
      ["PHONE", "SMS"],
      ["contact.channels", "contact.email"],
    ],
    [["PHONE", "SMS", "EMAIL"], ["SMS"], ["contact.channels", "contact.email"]],
    [["PHONE", "SMS", "EMAIL"], ["PHONE", "EMAIL"], ["contact.channels"]],
  ])("going from %j to %j reports %j as changed", (before, allowed, changed) => {
    expect(change(held(...before), ...allowed)).toEqual({
      kind: "LEAD_UPDATED",
      detail: { changed },
      state: { channels: allowed, revokedAt: null, revocationReason: null, acknowledgeBy: null },
    });
  });
});
