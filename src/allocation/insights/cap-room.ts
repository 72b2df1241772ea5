/**
 * How many more leads do a campaign's caps allow at an instant of a simulation? The instants must not go
 * backwards, so only the current window of each cap is kept. Real decisions use assign/capacities.ts.
 */
import { type CampaignTerms, type Cap } from "../../offers/campaigns";
import { windowOf } from "../../shared/calendar";

interface Held {
  readonly cap: Cap;
  endMs: number;
  used: number;
}

export type CapTerms = Pick<CampaignTerms, "caps" | "timeZone" | "pricePerLeadCents">;

export class CapRoom {
  private readonly held: Held[];
  private room = Infinity;
  private nextEndMs = -Infinity;
  private reopensMs = -Infinity;

  constructor(private readonly terms: CapTerms) {
    this.held = terms.caps.map((cap) => ({ cap, endMs: -Infinity, used: 0 }));
  }

  /** The number of further leads; Infinity without caps. */
  at(atMs: number): number {
    if (atMs >= this.nextEndMs) this.moveTo(atMs);
    return this.room;
  }

  take(count: number): void {
    for (const one of this.held) one.used += count * this.costIn(one);
    this.look();
  }

  /** When the full cap that opens last opens. Until then another attempt is useless. */
  reopensAtMs(): number {
    return this.reopensMs;
  }

  private moveTo(atMs: number): void {
    for (const one of this.held) {
      if (atMs < one.endMs) continue;
      one.endMs = windowOf(one.cap.period, this.terms.timeZone, new Date(atMs)).end.getTime();
      one.used = 0;
    }
    this.nextEndMs = Math.min(Infinity, ...this.held.map(({ endMs }) => endMs));
    this.look();
  }

  private look(): void {
    this.room = Math.min(Infinity, ...this.held.map((one) => this.roomIn(one)));
    const full = this.held.filter((one) => this.roomIn(one) < 1);
    this.reopensMs = Math.max(...full.map(({ endMs }) => endMs));
  }

  private roomIn(one: Held): number {
    return Math.floor((one.cap.limit - one.used) / this.costIn(one));
  }

  private costIn({ cap: { unit } }: Held): number {
    return unit === "LEADS" ? 1 : this.terms.pricePerLeadCents;
  }
}
