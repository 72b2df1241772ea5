/** Decodes a decision record from the stored bytes. The inverse is pack-decision.ts. */
import { decode } from "@msgpack/msgpack";
import type { CandidateRecord, CapacityRecord, DecisionRecord } from "./decision-record";
import type { VerdictRecord } from "./outcome";
import {
  format,
  parts,
  reasonWords,
  statusWords,
  type Packed,
  type PackedCandidate,
  type PackedVerdict,
  type Since,
  type SupplierCode,
  type WordCode,
} from "./decision-format";
import type { RankFacts } from "./facts";
import { idOf } from "./id-code";

export function unpackDecision(leadId: string, bytes: Uint8Array): DecisionRecord {
  const values = decode(bytes) as readonly unknown[];
  const packed = Object.fromEntries(parts.map((part, index) => [part, values[index]])) as unknown as Packed;
  const [stored] = packed.head;
  if (stored !== format) throw new Error(`Unknown decision format ${String(stored)}.`);
  return new Unpacking(packed).record(leadId);
}

class Unpacking {
  private readonly at: number;
  private readonly suppliers: readonly string[];

  constructor(private readonly packed: Packed) {
    this.at = packed.head[4];
    this.suppliers = packed.suppliers.map(idOf);
  }

  record(leadId: string): DecisionRecord {
    const { head, consented, candidates, eligible, relations, seats, outcome } = this.packed;
    const [, rules, rulesVersion, market] = head;
    const [limit, fixed, taken, served] = seats;
    return {
      ...{ rules, rulesVersion, at: this.instant(0), leadId, market },
      scope: this.suppliers.slice(0, consented),
      candidates: candidates.map((candidate) => this.candidate(candidate)),
      relations: relations.map(([supplier, lastReceivedAt, isOwnCustomer]) => ({
        supplierId: this.supplier(supplier),
        lastReceivedAt: this.instantOrNull(lastReceivedAt),
        isOwnCustomer,
      })),
      capacities: candidates.flatMap((candidate) => this.capacity(candidate)),
      ...this.standings(),
      seats: { limit, fixed, taken, suppliersServed: served.map((supplier) => this.supplier(supplier)) },
      outcome: {
        verdicts: candidates.map(([campaign, , , , verdict], index) =>
          this.verdict(verdict, { campaignId: idOf(campaign), rank: index < eligible ? index + 1 : null }),
        ),
        seats: outcome[0],
        nextTryAt: this.instantOrNull(outcome[1]),
        waiting: outcome[2],
      },
    };
  }

  private candidate([campaign, supplier, version, status, , pausedUntil]: PackedCandidate): CandidateRecord {
    return {
      campaignId: idOf(campaign),
      supplierId: this.supplier(supplier),
      version,
      status: wordOf(statusWords, status),
      ...(pausedUntil != null && { pausedUntil: this.instant(pausedUntil) }),
    };
  }

  private verdict(packed: PackedVerdict, whose: Pick<VerdictRecord, "campaignId" | "rank">): VerdictRecord {
    const [seat, capsReached, reason, field, cap, liftsAt] = packed;
    return {
      ...whose,
      ...(seat != null && { seat, capsReached: capsReached ?? [] }),
      ...(reason != null && { reason: wordOf(reasonWords, reason) }),
      ...(field != null && { field }),
      ...(cap != null && { cap }),
      ...(liftsAt != null && { liftsAt: this.instant(liftsAt) }),
    };
  }

  private capacity(candidate: PackedCandidate): CapacityRecord[] {
    const { campaignId, supplierId, version: read, status: stood } = this.candidate(candidate);
    const capacity = candidate[6];
    if (capacity == null) return [];
    const [availableCents, caps, version, status, isConnected] = capacity;
    const capsUsed = caps.map(([start, end, used]) => ({
      windowStart: this.instant(start),
      resetsAt: this.instant(end),
      used,
    }));
    const now = {
      version: version ?? read,
      status: status == null ? stood : wordOf(statusWords, status),
    };
    const connected = isConnected == null ? {} : { isConnected };
    return [{ campaignId, supplierId, ...now, availableCents, capsUsed, ...connected }];
  }

  /** Sorted by campaign, as when they were recorded. Absent if the rule uses no facts. */
  private standings(): Pick<DecisionRecord, "standings"> {
    const standings = this.packed.candidates.flatMap((candidate) => this.facts(candidate));
    if (standings.length === 0) return {};
    return { standings: standings.sort((one, other) => (one.campaignId < other.campaignId ? -1 : 1)) };
  }

  private facts([campaign, , , , , , , facts]: PackedCandidate): RankFacts[] {
    if (!facts) return [];
    const { r, k, s } = facts;
    return [
      {
        campaignId: idOf(campaign),
        ...(r !== undefined && { lastReceivedAt: this.instantOrNull(r) }),
        ...(k !== undefined && { km: k }),
        ...(s !== undefined && { score: s }),
      },
    ];
  }

  private supplier(code: SupplierCode): string {
    const id = this.suppliers[code];
    if (id === undefined) throw new Error("A stored decision refers to a supplier that is not in its list.");
    return id;
  }

  private instant(since: Since): string {
    return new Date(this.at + since).toISOString();
  }

  private instantOrNull(since: Since | null): string | null {
    return since === null ? null : this.instant(since);
  }
}

function wordOf<Word>(words: readonly Word[], code: WordCode): Word {
  const word = words[code];
  if (word === undefined) throw new Error("A stored decision contains an unknown code.");
  return word;
}
