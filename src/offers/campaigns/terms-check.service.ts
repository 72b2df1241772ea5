/**
 * Checks the terms of a new or edited campaign with what the server knows: the price floors in force, the sites of
 * the supplier, the centroids of the communes and what the caller may do. The rules themselves are check-terms.ts.
 */
import type { EntityManager } from "typeorm";
import type { SupplierScope } from "../../access/identity";
import type { SupplierBook } from "../../account/suppliers";
import type { Clock } from "../../platform/clock";
import { productById } from "../../reference/catalogue";
import {
  departementsReached,
  everyPlace,
  zoneOfToday,
  type Centroids,
  type Place,
} from "../../reference/geo";
import { notFound } from "../../shared/errors";
import { checkTerms, type TermsContext } from "./check-terms";
import { checkMove, checkNewPlace, needsSite } from "./place-of-work";
import type { PriceFloors } from "./price-floors.service";
import type { CampaignTerms } from "./terms";
import type { TermsInput } from "./terms-input";
import { updatedTerms } from "./updated-terms";

export interface TermsCheckDeps {
  readonly suppliers: Pick<SupplierBook, "hasSites">;
  readonly floors: PriceFloors;
  readonly centroids: Centroids;
  readonly clock: Clock;
}

/** Who asks, and for what. */
export interface Asked {
  readonly scope: SupplierScope;
  readonly input: TermsInput;
}

export class TermsCheck {
  constructor(private readonly deps: TermsCheckDeps) {}

  /** The terms of a new campaign. */
  async ofNew(tx: EntityManager, { scope, input }: Asked): Promise<CampaignTerms> {
    const { limits } = scope;
    const circumstances = {
      product: productById(input.product) ?? null,
      needsSite: needsSite(limits),
    };
    const terms = await this.check(tx, { scope, input }, circumstances);
    checkNewPlace(limits, terms.site);
    return terms;
  }

  /** The terms of a campaign after an edit. */
  async ofUpdate(tx: EntityManager, { scope, input }: Asked, current: CampaignTerms): Promise<CampaignTerms> {
    const circumstances = { product: productById(current.product) ?? null, needsSite: false };
    const merged = { scope, input: updatedTerms(current, input) };
    const terms = await this.check(tx, merged, circumstances);
    checkMove(scope.limits, current.site, terms.site);
    return terms;
  }

  private async check(
    tx: EntityManager,
    { scope, input }: Asked,
    circumstances: Pick<TermsContext, "product" | "needsSite">,
  ): Promise<CampaignTerms> {
    const { suppliers, floors, centroids, clock } = this.deps;
    const { product } = circumstances;
    const terms = checkTerms(input, {
      ...circumstances,
      zoneOfToday,
      floors: product ? await floors.at(tx, product, clock.now()) : [],
      departementsReached: (where) => departementsReached(where, placesOf(centroids)),
    });
    if (terms.site !== null && !(await suppliers.hasSites(tx, scope.supplierId, [terms.site])))
      throw notFound("site");
    return terms;
  }
}

function* placesOf(centroids: Centroids): Generator<Place> {
  for (const place of everyPlace()) yield { ...place, position: centroids.of(place) };
}
