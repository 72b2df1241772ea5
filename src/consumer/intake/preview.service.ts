/** Lists the suppliers that could receive a request, before the person consents. Nothing is stored. */
import type { EntityManager } from "typeorm";
import type { CampaignBook } from "../../offers/campaigns";
import {
  checkAnswers,
  declarationOf,
  productById,
  type AnswerInput,
  type Language,
  type Product,
} from "../../reference/catalogue";
import {
  locateInput,
  placeAt,
  resolvePlace,
  type Centroids,
  type Located,
  type Place,
  type PlaceInput,
  type PositionInput,
} from "../../reference/geo";
import { shownBy, type MatchedCampaign, type Shortlist } from "../../allocation/matching";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { newId } from "../../platform/ids";
import { hashOfText } from "../../platform/text-hash";
import { notFound } from "../../shared/errors";
import { checkAll } from "../../shared/faults";
import { isId } from "../../shared/months";
import type { SupplierBook, SupplierCard } from "../../account/suppliers";
import type { PreviewView } from "./preview";
import type { PreviewTokens } from "./preview-token.service";

export interface PreviewRequest {
  readonly product: string;
  readonly answers: readonly AnswerInput[];
  readonly location: PlaceInput & PositionInput;
  readonly language: Language;
}

export interface PreviewDeps {
  readonly transact: Transact;
  readonly campaigns: CampaignBook;
  readonly shortlist: Shortlist;
  readonly suppliers: SupplierBook;
  readonly tokens: PreviewTokens;
  readonly centroids: Centroids;
  readonly clock: Clock;
  readonly previewMinutes: number;
}

interface Need {
  readonly product: Product;
  readonly where: Located;
  readonly answers: ReturnType<typeof checkAnswers>;
}

export class PreviewService {
  constructor(private readonly deps: PreviewDeps) {}

  async preview(request: PreviewRequest): Promise<PreviewView> {
    const product = productById(request.product);
    if (!product) throw notFound("product");
    const { location: where, answers } = checkAll({
      location: () => this.locate(request.location),
      answers: () => checkAnswers(product.form, request.answers),
    });
    const need = { product, where, answers };
    const recipients = await this.recipients(need);
    const declaration = declarationOf(product.form, request.language);
    const expiresAt = new Date(this.deps.clock.now().getTime() + this.deps.previewMinutes * 60_000);
    const token = this.deps.tokens.write({
      product: product.id,
      formVersion: product.form.version,
      ...need.answers,
      ...need.where,
      shown: recipients.map(({ id, name, country, creditAgencies }) => ({
        ...{ supplierId: id, name, country, creditAgencies },
      })),
      language: request.language,
      textHash: hashOfText(declaration.text),
      expiresAt: expiresAt.toISOString(),
    });
    return { token, expiresAt, declaration, recipients, rankedBy: shownBy(product.rankedBy) };
  }

  private locate(location: PreviewRequest["location"]): Located {
    const centroidOf = (place: Place) => this.deps.centroids.of(place);
    return locateInput(location, { placeOf: resolvePlace, centroidOf });
  }

  private async recipients({ product, where, answers }: Need): Promise<SupplierCard[]> {
    const lead = {
      // Seeds the draw among equals. A new id for each preview makes sure that no supplier is always first.
      leadId: newId(),
      product: product.id,
      answers: answers.answers,
      textsAnswered: Object.keys(answers.texts),
      place: placeAt(where.place, where.position),
    };
    const wanted = { lead, at: this.deps.clock.now(), limit: product.recipientsShown };
    const best = await this.deps.shortlist.of(wanted, product.rankedBy);
    return this.deps.transact({ role: "intake" }, (tx) => this.cardsOf(tx, best));
  }

  /** Returns cards in the order given, each with the city of the site that would serve the need. */
  private async cardsOf(tx: EntityManager, best: readonly MatchedCampaign[]): Promise<SupplierCard[]> {
    const { suppliers, campaigns } = this.deps;
    const sites = new Map(
      (await campaigns.termsOf(tx, best)).map(({ campaignId, terms }) => [campaignId, terms.site ?? ""]),
    );
    const cards = await suppliers.cards(
      tx,
      best.map(({ supplierId }) => supplierId),
    );
    const cities = await suppliers.citiesOf(tx, [...sites.values()].filter(isId));
    return best.flatMap(({ supplierId, campaignId }) => {
      const card = cards.get(supplierId);
      return card ? [{ ...card, city: cities.get(sites.get(campaignId) ?? "") ?? card.city }] : [];
    });
  }
}
