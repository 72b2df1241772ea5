/** The stored form of a decision: it is small, decodes to what was encoded, and stays readable for ever. */
import fc from "fast-check";
import {
  candidate,
  capacity,
  free,
  lead,
  later,
  noon,
  suppliersOf,
  worldArbitrary,
} from "../../../test/support/decision-worlds";
import { decide, type DecisionInput } from "./decision";
import { recordDecision, type DecisionRecord } from "./decision-record";
import { reasonWords, statusWords } from "./decision-format";
import type { Ranking } from "./facts";
import { idCode, idOf } from "./id-code";
import { packDecision } from "./pack-decision";
import { replay } from "./replay";
import { unpackDecision } from "./unpack-decision";
import { refusalReasons } from "./waiting";

const recordOf = (world: DecisionInput): DecisionRecord => recordDecision(world, decide(world), 827);
const plain = (record: DecisionRecord): unknown => JSON.parse(JSON.stringify(record));

describe("a stored decision", () => {
  it("decodes to the same record, and its replay gives the same outcome", () => {
    fc.assert(
      fc.property(worldArbitrary, (world) => {
        const record = recordOf(world);
        const read = unpackDecision(world.lead.leadId, packDecision(record));
        expect(plain(read)).toEqual(plain(record));
        const termsOf = (id: string, version: number) =>
          world.candidates.find((one) => one.campaignId === id && one.version === version)?.terms;
        expect(replay(read, world.lead, termsOf)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("has a code for every reason, and codes never change", () => {
    expect([...reasonWords].sort()).toEqual([...refusalReasons].sort());
    expect(statusWords).toEqual(["ACTIVE", "PAUSED", "ARCHIVED"]);
    // The code is the position in this list. Changing the order would change the meaning of every stored
    // decision.
    expect(reasonWords.indexOf("NOT_CONSENTED")).toBe(0);
    expect(reasonWords.indexOf("CRITERION_NOT_MET")).toBe(6);
    expect(reasonWords.indexOf("CAP_REACHED")).toBe(13);
    expect(reasonWords.indexOf("ALREADY_RECEIVED")).toBe(17);
  });

  /** Three consented suppliers with two campaigns each, one of them with a daily and a monthly spending cap. */
  const usual = (): DecisionInput => {
    const id = (digit: number): string =>
      `d53ff76b-4f96-4514-adb8-70482d34c${String(digit).padStart(3, "0")}`;
    const candidates = [1, 2, 3].flatMap((supplier) => [
      candidate(id(10 * supplier), {
        supplierId: id(supplier),
        pricePerLeadCents: 4_000 + supplier,
        caps: [
          { unit: "LEADS", period: "DAY", limit: 20 },
          { unit: "SPEND_CENTS", period: "MONTH", limit: 500_000 },
        ],
      }),
      candidate(id(10 * supplier + 1), {
        supplierId: id(supplier),
        zones: [{ kind: "departement", code: "75" }],
      }),
    ]);
    return {
      ...{ lead: { ...lead, leadId: id(99) }, scope: suppliersOf(candidates), candidates, at: later(1) },
      ...{
        relations: [],
        seats: free,
        capacities: candidates.map((one) => capacity(one, { used: [7, 31_000] })),
      },
    };
  };

  it("takes a few hundred bytes where JSON takes thousands", () => {
    const record = recordOf(usual());
    const packed = packDecision(record).length;
    expect(packed).toBeLessThan(400);
    expect(JSON.stringify(record).length).toBeGreaterThan(6 * packed);
  });

  it("is readable by every later version: these bytes are in the first format", () => {
    const world = usual();
    const ranking: Ranking = {
      rule: "TURN_THEN_PRICE",
      standings: world.candidates
        .map(({ campaignId }, index) => ({
          campaignId,
          lastReceivedAt: index < 2 ? null : later(-index).toISOString(),
        }))
        .sort((one, other) => (one.campaignId < other.campaignId ? -1 : 1)),
    };
    const record = { ...recordOf({ ...world, ranking }), rulesVersion: 5 };
    expect(Buffer.from(packDecision(record)).toString("base64")).toBe(firstBytes);
    expect(plain(unpackDecision(world.lead.leadId, Buffer.from(firstBytes, "base64")))).toEqual(
      plain(record),
    );
  });

  it("rejects an unknown format or code instead of guessing", () => {
    const packed = packDecision(recordOf(usual()));
    expect(() => unpackDecision("lead", packed.slice(0, 60))).toThrow();
    const another = Uint8Array.from(packed);
    another[2] = 9; // the format
    expect(() => unpackDecision("lead", another)).toThrow("format 9");
  });

  it("is not written if a verdict is not beside its candidate", () => {
    const record = recordOf(usual());
    const shifted = { ...record, candidates: record.candidates.slice(1) };
    expect(() => packDecision(shifted)).toThrow("not in the same order");
  });

  it("keeps the exact spelling of ids", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uuid(),
          fc.string(),
          fc.uuid().map((id) => id.toUpperCase()),
        ),
        (id) => {
          expect(idOf(idCode(id))).toBe(id);
        },
      ),
    );
    expect(idCode("d53ff76b-4f96-4514-adb8-70482d34c90f")).toHaveLength(16);
    expect(noon).toBeInstanceOf(Date);
  });
});

const firstBytes =
  "mJUBr1RVUk5fVEhFTl9QUklDRQXNAzvPAAABntU864CTxBDVP/drT5ZFFK24cEgtNMABxBDVP/drT5ZFFK24cEgtNMACxBDVP/drT5ZFFK24cEgtNMADA5aYxBDVP/drT5ZFFK24cEgtNMAQAAEAkQHAks4AD0JAkpPS/TXjgM4CXD+AB5PSqtAjgM5FTuuAzXkYgaFywJjEENU/92tPlkUUrbhwSC00wDACAQCRAsCSzgAPQkCSk9L9NeOAzgJcP4AHk9Kq0COAzkVO64DNeRiBoXLS/u1XgJjEENU/92tPlkUUrbhwSC00wCABAQCRA8CSzgAPQkCSk9L9NeOAzgJcP4AHk9Kq0COAzkVO64DNeRiBoXLS/1s0gJjEENU/92tPlkUUrbhwSC00wBEAAQCTwMADwMCBoXLAmMQQ1T/3a0+WRRStuHBILTTAMQIBAJPAwAPAwIGhctL+tmkAmMQQ1T/3a0+WRRStuHBILTTAIQEBAJPAwAPAwIGhctL/JEYAA5CUA8AAkJMDwMI=";
