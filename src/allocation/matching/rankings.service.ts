/**
 * Reads what a product's rule looks at beyond the terms, for whoever is to be put in order: nothing at all by
 * price alone, else one query for each fact. An allocation asks with the suppliers' accounts held, so nobody
 * receives a lead and nobody is reviewed between this and the decision.
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
import { rankingRules, type Step } from "./ranking-rules";
import { standingsOf, type Loaded } from "./standings";

type BySupplier<Fact> = (
  tx: EntityManager,
  product: string,
  supplierIds: readonly string[],
) => Promise<ReadonlyMap<string, Fact>>;

/** Who knows the facts. What is not in an answer is not known. */
export interface RankingSources {
  readonly deliveries: { readonly lastReceived: BySupplier<Date> };
  readonly reviews: { readonly scores: BySupplier<number> };
  readonly book: {
    /** By the id of the site, or of the supplier. */
    readonly addresses: (tx: EntityManager, ids: readonly string[]) => Promise<ReadonlyMap<string, Address>>;
  };
  readonly centroids: Pick<Centroids, "of">;
}

export interface Placeable {
  readonly campaignId: string;
  readonly supplierId: string;
  readonly site: string | null;
}

export interface RankingQuestion {
  readonly rule: RankingRule;
  readonly product: string;
  readonly place: Place;
  readonly placeable: readonly Placeable[];
}

export class Rankings {
  constructor(private readonly sources: RankingSources) {}

  async of(tx: EntityManager, question: RankingQuestion): Promise<Ranking> {
    const [loaded = {}] = await this.load(tx, [question]);
    return { rule: question.rule, standings: standingsOf(question.rule, question.placeable, loaded) };
  }

  /** What the rules of several questions look at, in their order: each fact is read once for all of them. */
  async load(tx: EntityManager, questions: readonly RankingQuestion[]): Promise<Loaded[]> {
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
    questions: readonly RankingQuestion[],
  ): Promise<(question: RankingQuestion) => ReadonlyMap<string, number>> {
    const { book, centroids } = this.sources;
    // Nobody is near a place of which nobody knows where it is.
    const known = questions.filter(({ place }) => centroids.of(place) !== null);
    const ids = distinct(known.flatMap(({ placeable }) => placeable.map(from)));
    const addresses = ids.length > 0 ? await book.addresses(tx, ids) : new Map<string, Address>();
    return ({ place, placeable }) => {
      // The commune's: several distances to a person's own position would tell it, and they are kept for ever.
      const position = centroids.of(place);
      return new Map(
        placeable.flatMap((one) => {
          const km = this.kmFrom(addresses.get(from(one)), position);
          return km === null ? [] : [[one.campaignId, km] as const];
        }),
      );
    };
  }

  /** In whole kilometres: communes are no points. */
  private kmFrom(address: Address | undefined, position: Position | null): number | null {
    const place = address ? placeOfAddress(address) : null;
    const centroid = place && this.sources.centroids.of(place);
    return centroid && position && Math.round(distanceKm(centroid, position));
  }
}

const asks = ({ rule }: RankingQuestion, step: Step): boolean => rankingRules[rule].includes(step);

const asking = (step: Step, questions: readonly RankingQuestion[]): RankingQuestion[] =>
  questions.filter((question) => asks(question, step));

/** One question to the source for each product, about all suppliers that are to be put in order for it. */
async function byProduct<Fact>(
  questions: readonly RankingQuestion[],
  ask: (product: string, suppliers: readonly string[]) => Promise<ReadonlyMap<string, Fact>>,
): Promise<ReadonlyMap<string, ReadonlyMap<string, Fact>>> {
  const products = distinct(questions.map(({ product }) => product));
  const answers = products.map(async (product) => {
    const asked = questions.filter((question) => question.product === product);
    const suppliers = asked.flatMap(({ placeable }) => placeable.map(({ supplierId }) => supplierId));
    return [product, await ask(product, distinct(suppliers))] as const;
  });
  return new Map(await Promise.all(answers));
}

const from = ({ site, supplierId }: Placeable): string => site ?? supplierId;
const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];
