/**
 * What would a draft have brought, in numbers that may be shown? Takes past requests one by one and keeps
 * only what is counted. Every number is passed through `disclosableCount` on its own.
 */
import { type Candidate, type Need } from "../matching";
import { fitOf, fits } from "./fit";
import { type People } from "./people";
import { losses, simulate, type Arrival, type ArrivalResult, type Loss } from "./simulation";
import { disclosableCount } from "./disclosable-count";

export interface ReplayedLead {
  readonly need: Need;
  readonly submittedAt: Date;
  readonly confirmedAt: Date;
  readonly waitUntil: Date;
  readonly digests: readonly string[];
}

export interface ForecastResult {
  readonly lookedAt: number;
  readonly fitTerms: number;
  readonly volume: number;
  readonly spendCents: number;
  readonly lostTo: Readonly<Record<Loss, number>>;
  /** How many more leads would fit if one criterion alone were dropped, in the order of the terms. */
  readonly withoutCriterion: readonly number[];
  readonly withoutExcludedZones: number;
  /** How many leads that fit the draft also fit each of the other campaigns, in their order. */
  readonly overlaps: readonly number[];
}

/** A request that fits, without its person: who that is becomes known only after all requests have been added. */
type Fitting = Omit<Arrival, "person"> & { readonly request: number };

export class Forecast {
  private lookedAt: number[] = [];
  private readonly fitting: Fitting[] = [];
  private readonly withoutExcluded: number[] = [];
  private readonly withoutCriterion: number[][];
  private readonly overlaps: number[][];

  constructor(
    private readonly people: People,
    private readonly draft: Candidate,
    private readonly others: readonly Candidate[],
  ) {
    this.withoutCriterion = draft.terms.criteria.map(() => []);
    this.overlaps = others.map(() => []);
  }

  add({ need, submittedAt, confirmedAt, waitUntil, digests }: ReplayedLead): void {
    const request = this.people.add(digests);
    this.lookedAt.push(request);
    const fit = fitOf(need, this.draft, confirmedAt);
    if (fit.kind === "ONE_CRITERION") this.withoutCriterion[fit.criterion]?.push(request);
    if (fit.kind === "EXCLUDED_ZONES") this.withoutExcluded.push(request);
    if (fit.kind !== "FITS") return;
    this.fitting.push({
      request,
      atMs: confirmedAt.getTime(),
      submittedMs: submittedAt.getTime(),
      waitUntilMs: waitUntil.getTime(),
    });
    this.others.forEach((other, index) => {
      if (fits(need, other, confirmedAt)) this.overlaps[index]?.push(request);
    });
  }

  /**
   * Call once, after all requests have been added. Yields now and then, so that the caller can let other work
   * run.
   */
  *result(sampledOneIn: number): Generator<void, ForecastResult, void> {
    const fitting = this.fitting.toSorted((one, other) => one.atMs - other.atMs);
    const arrivals = fitting.map((one) => ({ ...one, person: this.people.personOf(one.request) }));
    const results = yield* simulate(arrivals, this.draft.terms, sampledOneIn);
    const shown = (requests: readonly number[]): number =>
      disclosableCount({ people: this.people.among(requests), count: requests.length * sampledOneIn });
    const volume = this.shownOf(arrivals, results, ({ taken }) => sum(taken.map(({ count }) => count)));
    return {
      lookedAt: shown(this.lookedAt),
      fitTerms: shown(fitting.map(({ request }) => request)),
      volume,
      spendCents: volume * this.draft.terms.pricePerLeadCents,
      lostTo: Object.fromEntries(
        losses.map((loss) => [
          loss,
          this.shownOf(arrivals, results, ({ lost, lostTo }) => (lostTo === loss ? lost : 0)),
        ]),
      ) as Record<Loss, number>,
      withoutCriterion: this.withoutCriterion.map(shown),
      withoutExcludedZones: shown(this.withoutExcluded),
      overlaps: this.overlaps.map(shown),
    };
  }

  /** Sums `countIn` over all results, as a disclosable count. */
  private shownOf(
    arrivals: readonly Arrival[],
    results: readonly ArrivalResult[],
    countIn: (result: ArrivalResult) => number,
  ): number {
    const people = new Set<number>();
    let total = 0;
    arrivals.forEach(({ person }, index) => {
      const result = results[index];
      const count = result ? countIn(result) : 0;
      if (count > 0) people.add(person);
      total += count;
    });
    return disclosableCount({ people: people.size, count: total });
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
