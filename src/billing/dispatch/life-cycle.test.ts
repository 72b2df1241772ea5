import fc from "fast-check";
import { collectedMessage, readMessage } from "./cdar";
import {
  currentOf,
  needsFinance,
  isRejectedByPlatform,
  statusLabel,
  type LifeCycleStatus,
} from "./life-cycle";

const status = (code: string, minute: number): LifeCycleStatus => ({
  ...{ code, at: new Date(Date.UTC(2026, 11, 1, 9, minute)), reasonCode: null, reason: null },
});

describe("the current status of a document", () => {
  it("does not depend on the order or repetition of its statuses", () => {
    const statuses = fc.array(
      fc
        .tuple(fc.constantFrom("200", "203", "205", "207", "210", "212", "213"), fc.nat(5))
        .map(([code, minute]) => status(code, minute)),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(
        statuses.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length })),
        ),
        ([all, mixed]) => {
          expect(currentOf(mixed)).toEqual(currentOf(all));
        },
      ),
    );
  });

  it("is null without statuses, and needs attention when the document is rejected, refused or disputed", () => {
    expect(currentOf([])).toBeNull();
    expect([isRejectedByPlatform(null), needsFinance(null)]).toEqual([false, false]);
    expect(["213", "501", "207", "205"].map((code) => isRejectedByPlatform(status(code, 0)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(["210", "208", "204"].map((code) => needsFinance(status(code, 0)))).toEqual([true, true, false]);
    expect([statusLabel("212", "FR"), statusLabel("212", "EN"), statusLabel("999", "FR")]).toEqual([
      ...["Encaissée", "Paid", "Statut 999"],
    ]);
  });
});

describe("the message that reports a payment", () => {
  it("is read back as it was written, whatever the amount and the names", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000_000, max: 10_000_000 }),
        fc.string({ maxLength: 20 }),
        (cents, name) => {
          const party = { siren: "000000018", name: `Garage ${name.replaceAll(/\p{C}/gu, "")}` };
          const at = new Date("2026-12-01T09:30:00Z");
          const xml = collectedMessage({
            ...{ document: "F2026-000001", type: "380", issuedOn: "2026-11-30", seller: party, buyer: party },
            ...{ cents, rateBasisPoints: 850, at },
          });
          expect(readMessage(xml)).toEqual({
            ...{ document: "F2026-000001", code: "212", at, reasonCode: null, reason: null },
          });
          expect(xml).toContain(`>${(cents / 100).toFixed(2)}</ram:ValueAmount>`);
          expect(xml).toContain("<ram:ValuePercent>8.50</ram:ValuePercent>");
        },
      ),
    );
  });

  it.each([
    ["empty", ""],
    ["another document", "<Invoice><ID>1</ID></Invoice>"],
    [
      "without a status",
      "<CrossDomainAcknowledgementAndResponse><AcknowledgementDocument/></CrossDomainAcknowledgementAndResponse>",
    ],
    ["with a document type", '<!DOCTYPE a [<!ENTITY b "c">]><CrossDomainAcknowledgementAndResponse/>'],
  ])("is rejected when the XML is %s", (_, xml) => {
    expect(() => readMessage(xml)).toThrow("a life-cycle message");
  });
});
