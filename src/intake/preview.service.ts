/** Who could receive a request, by name, before the person consents. Nothing is stored. */
import type { EntityManager } from "typeorm";
import type { CampaignBook } from "../campaigns";
import {
  checkAnswers,
  declarationOf,
  productById,
  type AnswerInput,
  type Language,
  type Product,
} from "../catalogue";
import {
  codesFinding,
  locate,
  placeAt,
  resolvePlace,
  type Centroids,
  type Located,
  type PlaceInput,
  type PositionInput,
} from "../geo";
import { RANKED_BY, recipientsOf, type Candidate } from "../matching";
import type { Transact } from "../platform/database";
import { newId } from "../platform/ids";
import { hashOfText } from "../platform/text-hash";
import { notFound } from "../shared/errors";
import type { SupplierBook, SupplierCard } from "../suppliers";
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
  readonly suppliers: SupplierBook;
  readonly tokens: PreviewTokens;
  readonly centroids: Centroids;
  readonly clock: () => Date;
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
    const need = {
      product,
      where: this.locate(request.location),
      answers: checkAnswers(product.form, request.answers),
    };
    const recipients = await this.deps.transact({ role: "worker" }, (tx) => this.recipients(tx, need));
    const declaration = declarationOf(product.form, request.language);
    const expiresAt = new Date(this.deps.clock().getTime() + this.deps.previewMinutes * 60_000);
    const token = this.deps.tokens.write({
      product: product.id,
      formVersion: product.form.version,
      ...need.answers,
      ...need.where,
      shown: recipients.map(({ id, name, creditAgencies }) => ({ supplierId: id, name, creditAgencies })),
      language: request.language,
      textHash: hashOfText(declaration.text),
      expiresAt: expiresAt.toISOString(),
    });
    return { token, expiresAt, declaration, recipients, rankedBy: RANKED_BY };
  }

  private locate(location: PreviewRequest["location"]): Located {
    const place = resolvePlace(location);
    return locate(place, location, this.deps.centroids.of(place));
  }

  private async recipients(tx: EntityManager, { product, where, answers }: Need): Promise<SupplierCard[]> {
    const at = this.deps.clock();
    const place = placeAt(where.place, where.position);
    const zoneCodes = codesFinding(place);
    const campaigns = await this.deps.campaigns.covering(tx, { product: product.id, zoneCodes, at });
    const candidates = campaigns.map(({ id, ...campaign }) => ({ campaignId: id, ...campaign }));
    const lead = {
      // Seeds the draw among equals: anew at each preview, so that nobody is always first.
      leadId: newId(),
      product: product.id,
      answers: answers.answers,
      textsAnswered: Object.keys(answers.texts),
      place,
    };
    const best = recipientsOf({ lead, candidates, at, limit: product.recipientsShown });
    return this.cardsOf(tx, best);
  }

  /** In the order given, each with the town that it would serve the need from. */
  private async cardsOf(tx: EntityManager, best: readonly Candidate[]): Promise<SupplierCard[]> {
    const { suppliers } = this.deps;
    const cards = await suppliers.cards(
      tx,
      best.map(({ supplierId }) => supplierId),
    );
    const cities = await suppliers.citiesOf(
      tx,
      best.flatMap(({ terms }) => terms.site ?? []),
    );
    return best.flatMap(({ supplierId, terms }) => {
      const card = cards.get(supplierId);
      return card ? [{ ...card, city: cities.get(terms.site ?? "") ?? card.city }] : [];
    });
  }
}
