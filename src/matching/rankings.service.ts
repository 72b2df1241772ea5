/**
 * Reads what a product's rule looks at beyond the terms, for whoever is to be put in order: nothing at all by
 * price alone, else one query for each fact. An allocation asks with the suppliers' accounts held, so nobody
 * receives a lead and nobody is reviewed between this and the decision.
 */
import type { EntityManager } from "typeorm";
import type { RankingRule } from "../catalogue";
import { distanceKm, placeOfAddress, type Address, type Centroids, type Place, type Position } from "../geo";
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
    const { rule, placeable } = question;
    let loaded: Loaded = {};
    for (const step of rankingRules[rule]) loaded = { ...loaded, ...(await this.load(tx, step, question)) };
    return { rule, standings: standingsOf(rule, placeable, loaded) };
  }

  private async load(tx: EntityManager, step: Step, question: RankingQuestion): Promise<Loaded> {
    const { deliveries, reviews } = this.sources;
    const { product, placeable } = question;
    const suppliers = distinct(placeable.map(({ supplierId }) => supplierId));
    switch (step) {
      case "PRICE":
        return {};
      case "TURN":
        return { lastReceivedAt: await deliveries.lastReceived(tx, product, suppliers) };
      case "QUALITY":
        return { scores: await reviews.scores(tx, product, suppliers) };
      case "DISTANCE":
        return { km: await this.distances(tx, question) };
    }
  }

  private async distances(
    tx: EntityManager,
    { place, placeable }: RankingQuestion,
  ): Promise<ReadonlyMap<string, number>> {
    // The commune's: several distances to a person's own position would tell it, and they are kept for ever.
    const position = this.sources.centroids.of(place);
    // Nobody is near a place of which nobody knows where it is.
    if (!position) return new Map();
    const addresses = await this.sources.book.addresses(tx, distinct(placeable.map(from)));
    const kmFrom = new Map([...addresses].map(([id, address]) => [id, this.kmFrom(address, position)]));
    return new Map(
      placeable.flatMap((one) => {
        const km = kmFrom.get(from(one)) ?? null;
        return km === null ? [] : [[one.campaignId, km] as const];
      }),
    );
  }

  /** In whole kilometres: communes are no points. */
  private kmFrom(address: Address, position: Position): number | null {
    const place = placeOfAddress(address);
    const centroid = place && this.sources.centroids.of(place);
    return centroid && Math.round(distanceKm(centroid, position));
  }
}

const from = ({ site, supplierId }: Placeable): string => site ?? supplierId;
const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];
