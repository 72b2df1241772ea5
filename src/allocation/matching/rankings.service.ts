/**
 * Loads what a product's ranking rule uses beyond the terms: nothing for the rule by price, otherwise one
 * query per fact. An allocation calls this with the suppliers' accounts locked, so no supplier receives a
 * lead or a review between this and the decision.
 *
 * The ranking itself is ranking.ts.
 */
import type { EntityManager } from "typeorm";
import type { RankingRule } from "../../reference/catalogue";
import {
  distanceKm,
  placeOfAddress,
  type Address,
  type Centroids,
  type Place,
  type Position,
} from "../../reference/geo";
import type { Ranking } from "./facts";
import { rankingRules, type RankingStep } from "./ranking-rules";
import { rankFactsOf, type LoadedRankFacts } from "./rank-facts";

type BySupplier<Fact> = (
  tx: EntityManager,
  product: string,
  supplierIds: readonly string[],
) => Promise<ReadonlyMap<string, Fact>>;

/** The owners of the facts. An entry missing from an answer is unknown. */
export interface RankingSources {
  readonly deliveries: { readonly lastReceived: BySupplier<Date> };
  readonly reviews: { readonly scores: BySupplier<number> };
  readonly book: {
    /** By the id of the site or of the supplier. */
    readonly addresses: (tx: EntityManager, ids: readonly string[]) => Promise<ReadonlyMap<string, Address>>;
  };
  readonly centroids: Pick<Centroids, "of">;
}

export interface CampaignToRank {
  readonly campaignId: string;
  readonly supplierId: string;
  readonly site: string | null;
}

export interface RankingRequest {
  readonly rule: RankingRule;
  readonly product: string;
  readonly place: Place;
  readonly campaigns: readonly CampaignToRank[];
}

export class Rankings {
  constructor(private readonly sources: RankingSources) {}

  async of(tx: EntityManager, question: RankingRequest): Promise<Ranking> {
    const [loaded = {}] = await this.load(tx, [question]);
    return { rule: question.rule, standings: rankFactsOf(question.rule, question.campaigns, loaded) };
  }

  /** The facts for several requests, in their order. Each fact is read once for all of them. */
  async load(tx: EntityManager, questions: readonly RankingRequest[]): Promise<LoadedRankFacts[]> {
    const { deliveries, reviews } = this.sources;
    const [turns, scores, km] = await Promise.all([
      byProduct(asking("TURN", questions), (...asked) => deliveries.lastReceived(tx, ...asked)),
      byProduct(asking("QUALITY", questions), (...asked) => reviews.scores(tx, ...asked)),
      this.distances(tx, asking("DISTANCE", questions)),
    ]);
    return questions.map((question) => ({
      ...(asks(question, "TURN") && { lastReceivedAt: turns.get(question.product) ?? new Map() }),
      ...(asks(question, "QUALITY") && { scores: scores.get(question.product) ?? new Map() }),
      ...(asks(question, "DISTANCE") && { km: km(question) }),
    }));
  }

  private async distances(
    tx: EntityManager,
    questions: readonly RankingRequest[],
  ): Promise<(question: RankingRequest) => ReadonlyMap<string, number>> {
    const { book, centroids } = this.sources;
    // Without a known place there are no distances.
    const known = questions.filter(({ place }) => centroids.of(place) !== null);
    const ids = distinct(known.flatMap(({ campaigns }) => campaigns.map(from)));
    const addresses = ids.length > 0 ? await book.addresses(tx, ids) : new Map<string, Address>();
    return ({ place, campaigns }) => {
      // The centroid of the commune, not the person's position: the distances are kept for ever, and several
      // of them together would reveal the position.
      const position = centroids.of(place);
      return new Map(
        campaigns.flatMap((one) => {
          const km = this.kmFrom(addresses.get(from(one)), position);
          return km === null ? [] : [[one.campaignId, km] as const];
        }),
      );
    };
  }

  /** In whole kilometres, because a commune is not a point. */
  private kmFrom(address: Address | undefined, position: Position | null): number | null {
    const place = address ? placeOfAddress(address) : null;
    const centroid = place && this.sources.centroids.of(place);
    return centroid && position && Math.round(distanceKm(centroid, position));
  }
}

const asks = ({ rule }: RankingRequest, step: RankingStep): boolean => rankingRules[rule].includes(step);

const asking = (step: RankingStep, questions: readonly RankingRequest[]): RankingRequest[] =>
  questions.filter((question) => asks(question, step));

/** Asks the source once per product, about all suppliers to be ranked for it. */
async function byProduct<Fact>(
  questions: readonly RankingRequest[],
  ask: (product: string, suppliers: readonly string[]) => Promise<ReadonlyMap<string, Fact>>,
): Promise<ReadonlyMap<string, ReadonlyMap<string, Fact>>> {
  const products = distinct(questions.map(({ product }) => product));
  const answers = products.map(async (product) => {
    const asked = questions.filter((question) => question.product === product);
    const suppliers = asked.flatMap(({ campaigns }) => campaigns.map(({ supplierId }) => supplierId));
    return [product, await ask(product, distinct(suppliers))] as const;
  });
  return new Map(await Promise.all(answers));
}

const from = ({ site, supplierId }: CampaignToRank): string => site ?? supplierId;
const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];
