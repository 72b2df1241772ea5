/** Encodes a decision record as the bytes that are stored. The inverse is unpack-decision.ts. */
import { encode } from "@msgpack/msgpack";
import type { CandidateRecord, CapacityRecord, DecisionRecord } from "./decision-record";
import type { VerdictRecord } from "./outcome";
import {
  format,
  parts,
  reasonWords,
  statusWords,
  type Packed,
  type PackedCandidate,
  type PackedCapacity,
  type PackedFacts,
  type PackedVerdict,
  type Since,
  type SupplierCode,
  type WordCode,
} from "./decision-format";
import type { RankFacts } from "./facts";
import { idCode } from "./id-code";

export function packDecision(record: DecisionRecord): Uint8Array {
  const packed = new Packing(record).packed();
  return encode(parts.map((part) => packed[part]));
}

class Packing {
  private readonly at: number;
  private readonly suppliers: readonly string[];
  private readonly standings: ReadonlyMap<string, RankFacts>;
  private readonly capacities: ReadonlyMap<string, CapacityRecord>;

  constructor(private readonly record: DecisionRecord) {
    const { scope, candidates, relations, capacities, seats, standings = [] } = record;
    const named = [...candidates, ...relations].map(({ supplierId }) => supplierId);
    this.at = Date.parse(record.at);
    this.suppliers = [...new Set([...scope, ...named, ...seats.suppliersServed])];
    this.standings = new Map(standings.map((facts) => [facts.campaignId, facts]));
    this.capacities = new Map(capacities.map((capacity) => [capacity.campaignId, capacity]));
  }

  packed(): Packed {
    const { rules, rulesVersion, market, scope, relations, seats, outcome } = this.record;
    return {
      head: [format, rules, rulesVersion, market, this.at],
      suppliers: this.suppliers.map(idCode),
      consented: scope.length,
      candidates: outcome.verdicts.map((verdict, index) => this.candidate(verdict, index)),
      eligible: outcome.verdicts.filter(({ rank }) => rank !== null).length,
      relations: relations.map(({ supplierId, lastReceivedAt, isOwnCustomer }) => [
        this.supplier(supplierId),
        this.since(lastReceivedAt),
        isOwnCustomer,
      ]),
      seats: [seats.limit, seats.fixed, seats.taken, seats.suppliersServed.map((id) => this.supplier(id))],
      outcome: [outcome.seats, this.since(outcome.nextTryAt), outcome.waiting],
    };
  }

  private candidate(verdict: VerdictRecord, index: number): PackedCandidate {
    const candidate = this.record.candidates[index];
    // Verdicts are matched to candidates by position alone, so a different order would store a different
    // decision.
    if (candidate?.campaignId !== verdict.campaignId)
      throw new Error("Verdicts and candidates are not in the same order.");
    return trimmed([
      idCode(candidate.campaignId),
      this.supplier(candidate.supplierId),
      candidate.version,
      wordCode(statusWords, candidate.status),
      this.verdict(verdict),
      this.since(candidate.pausedUntil),
      this.capacity(candidate),
      this.facts(candidate),
    ]);
  }

  private verdict({ seat, capsReached, reason, field, cap, liftsAt }: VerdictRecord): PackedVerdict {
    const code = reason && wordCode(reasonWords, reason);
    const reached = capsReached && capsReached.length > 0 ? capsReached : null;
    return trimmed([seat, reached, code, field, cap, this.since(liftsAt)]);
  }

  private capacity({ campaignId, version, status }: CandidateRecord): PackedCapacity | null {
    const capacity = this.capacities.get(campaignId);
    if (!capacity) return null;
    const isSame = capacity.version === version && capacity.status === status;
    return trimmed<PackedCapacity>([
      capacity.availableCents,
      capacity.capsUsed.map(
        ({ windowStart, resetsAt, used }) =>
          [Date.parse(windowStart) - this.at, Date.parse(resetsAt) - this.at, used] as const,
      ),
      isSame ? null : capacity.version,
      isSame ? null : wordCode(statusWords, capacity.status),
      capacity.isConnected,
    ]);
  }

  private facts({ campaignId }: CandidateRecord): PackedFacts | null {
    const facts = this.standings.get(campaignId);
    if (!facts) return null;
    const { lastReceivedAt, km, score } = facts;
    return {
      ...(lastReceivedAt !== undefined && { r: this.since(lastReceivedAt) }),
      ...(km !== undefined && { k: km }),
      ...(score !== undefined && { s: score }),
    };
  }

  private supplier(id: string): SupplierCode {
    return this.suppliers.indexOf(id);
  }

  private since(instant: string | null | undefined): Since | null {
    return instant == null ? null : Date.parse(instant) - this.at;
  }
}

function wordCode<Word>(words: readonly Word[], word: Word): WordCode {
  const code = words.indexOf(word);
  if (code < 0) throw new Error(`${String(word)} has no code. Add it at the end of its list of words.`);
  return code;
}

/** Drops trailing null and undefined elements. */
function trimmed<List extends readonly unknown[]>(list: List): List {
  const last = list.findLastIndex((part) => part != null);
  return list.slice(0, last + 1) as unknown as List;
}
