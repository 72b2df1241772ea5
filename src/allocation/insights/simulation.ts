/**
 * What would a campaign have received of the leads that fit its terms, if it had been alone? Its maximum age,
 * schedule, caps and duplicate window are applied as in real decisions. A lead that cannot be taken waits, as
 * real leads do, until it can be or its time is over.
 *
 * Competitors, seats, balances and the person's choice are not simulated, so the result is an upper bound.
 * Yields now and then, so that the caller can let other work run.
 */
import { duplicateWindowDaysOf, nextOpening, type CampaignTerms } from "../../offers/campaigns";
import { CapRoom } from "./cap-room";
import { PriorityQueue, type Queued } from "./priority-queue";

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const stepsAtOnce = 2_000;

export const losses = ["AGE", "SCHEDULE", "CAPS", "REPEATS"] as const;
/** What a lead was lost to: the last thing it waited for. */
export type Loss = (typeof losses)[number];

export interface Arrival {
  readonly person: number;
  /** The earliest time of a decision. */
  readonly atMs: number;
  readonly submittedMs: number;
  /** The end of the time that the person is ready to wait. */
  readonly waitUntilMs: number;
}

/** An arrival stands for `sampledOneIn` leads, of which some may be taken and others lost. */
export interface ArrivalResult {
  readonly taken: readonly Take[];
  readonly lost: number;
  readonly lostTo: Loss | null;
}

interface Take {
  readonly atMs: number;
  readonly count: number;
}

interface Waiting extends Queued {
  atMs: number;
  readonly arrival: Arrival;
  /** The first instant at which it is too late. */
  readonly endMs: number;
  count: number;
  readonly taken: Take[];
}

/** What a lead waits for, and until when; Infinity means for ever. */
interface Blocked {
  readonly loss: Loss;
  readonly untilMs: number;
}

/** One result per arrival, in their order. Of two arrivals at the same instant, the first is decided first. */
export function* simulate(
  arrivals: readonly Arrival[],
  terms: CampaignTerms,
  sampledOneIn: number,
): Generator<void, ArrivalResult[], void> {
  const door = new SimulatedCampaign(terms);
  const queue = new PriorityQueue<Waiting>();
  arrivals.forEach((arrival, order) => {
    const { atMs, waitUntilMs, submittedMs } = arrival;
    const endMs = Math.min(waitUntilMs, submittedMs + terms.maxAgeHours * hourMs + 1);
    queue.push({ arrival, order, atMs, endMs, count: sampledOneIn, taken: [] });
  });
  const results: ArrivalResult[] = [];
  let steps = 0;
  for (let next = queue.shift(); next; next = queue.shift()) {
    const blocked = door.pass(next);
    if (blocked && blocked.untilMs < next.endMs) {
      next.atMs = blocked.untilMs;
      queue.push(next);
    } else {
      results[next.order] = { taken: next.taken, lost: next.count, lostTo: blocked?.loss ?? null };
    }
    if (++steps % stepsAtOnce === 0) yield;
  }
  return results;
}

/** The state of the campaign during a simulation. Must be called with instants that do not go backwards. */
class SimulatedCampaign {
  private readonly room: CapRoom;
  private readonly lastOf = new Map<number, { readonly atMs: number; readonly arrival: Arrival }>();
  private readonly windowMs: number;
  private opensAtMs = -Infinity;

  constructor(private readonly terms: CampaignTerms) {
    this.room = new CapRoom(terms);
    this.windowMs = duplicateWindowDaysOf(terms) * dayMs;
  }

  /**
   * Takes as many of the waiting leads as possible. Returns what blocks the rest, in the order of a
   * decision's checks, or null if no rest is left.
   */
  pass(waiting: Waiting): Blocked | null {
    const { atMs, arrival } = waiting;
    const blocked = this.repeated(arrival, atMs) ?? this.closed(waiting) ?? this.full(atMs);
    if (blocked) return blocked;
    const count = Math.min(waiting.count, this.room.at(atMs));
    this.room.take(count);
    this.lastOf.set(arrival.person, { atMs, arrival });
    waiting.count -= count;
    waiting.taken.push({ atMs, count });
    return waiting.count > 0 ? this.full(atMs) : null;
  }

  private repeated(arrival: Arrival, atMs: number): Blocked | null {
    const last = this.lastOf.get(arrival.person);
    if (!last || last.arrival === arrival) return null;
    const untilMs = last.atMs + this.windowMs;
    return atMs < untilMs ? { loss: "REPEATS", untilMs } : null;
  }

  private closed({ atMs, endMs }: Waiting): Blocked | null {
    if (atMs >= endMs) return { loss: "AGE", untilMs: Infinity };
    if (this.opensAtMs < atMs)
      this.opensAtMs = nextOpening(this.terms, new Date(atMs))?.getTime() ?? Infinity;
    return this.opensAtMs > atMs ? { loss: "SCHEDULE", untilMs: this.opensAtMs } : null;
  }

  private full(atMs: number): Blocked | null {
    return this.room.at(atMs) < 1 ? { loss: "CAPS", untilMs: this.room.reopensAtMs() } : null;
  }
}
