/**
 * Creates and changes a supplier's campaigns. Every change locks the supplier's account, as every allocation
 * does. So once a change has been answered, no lead is taken on the old terms.
 */
import type { EntityManager } from "typeorm";
import { productById, type Product } from "../../reference/catalogue";
import {
  departementsReached,
  everyPlace,
  zoneOfToday,
  type Centroids,
  type Place,
} from "../../reference/geo";
import type { IdempotencyService, JsonValue, SupplierScope } from "../../access/identity";
import type { OpeningsService } from "../../account/ledger";
import type { SupplierBook } from "../../account/suppliers";
import type { OnboardingService } from "../../account/onboarding";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { newId } from "../../platform/ids";
import { invalid, notFound } from "../../shared/errors";
import { isId } from "../../shared/months";
import { CampaignEntity, CampaignVersionEntity } from "./campaign.entity";
import type { CampaignView } from "./campaign-view";
import { archived, checkStatus, type StatusInput } from "./check-status";
import { checkTerms } from "./check-terms";
import { checkMove, checkNewPlace } from "./place-of-work";
import type { PriceFloors } from "./price-floors.service";
import type { CampaignTerms } from "./terms";
import type { TermsInput } from "./terms-input";

/** Who makes the change. */
export interface CampaignEditor {
  readonly scope: SupplierScope;
  readonly actor: string;
}

export interface CampaignsServiceDeps {
  readonly transact: Transact;
  readonly suppliers: Pick<SupplierBook, "hasSites">;
  readonly openings: OpeningsService;
  readonly onboarding: OnboardingService;
  readonly floors: PriceFloors;
  readonly centroids: Centroids;
  readonly idempotency: IdempotencyService;
  readonly clock: Clock;
  /** Called after commit: the market has changed, and waiting leads may be taken now. */
  readonly opened: (supplierId: string) => void;
}

export class CampaignsService {
  constructor(private readonly deps: CampaignsServiceDeps) {}

  async create(
    editor: CampaignEditor,
    input: TermsInput,
    idempotencyKey: string | null,
  ): Promise<CampaignView> {
    const { scope, actor } = editor;
    const { supplierId } = scope;
    await this.deps.onboarding.demand(supplierId, productOf(input.product));
    const request = { principal: actor, operation: "createCampaign", key: idempotencyKey, supplierId };
    const id = await this.change(scope, (tx) =>
      this.deps.idempotency.once(tx, { ...request, input: jsonOf(input) }, () =>
        this.insert(tx, editor, input),
      ),
    );
    return this.one(scope, id);
  }

  async update({ scope, actor }: CampaignEditor, id: string, input: TermsInput): Promise<CampaignView> {
    const { supplierId, limits } = scope;
    await this.change(scope, async (tx) => {
      const campaign = await owned(tx, supplierId, id);
      if (campaign.status === "ARCHIVED") throw archived();
      if (campaign.productId !== input.product)
        throw invalid("A campaign keeps its product. Create another campaign for another product.");
      const terms = await this.check(tx, supplierId, input);
      checkMove(limits, campaign.siteId, terms.site);
      const version = campaign.version + 1;
      const row = this.versionRow({ supplierId, actor, campaignId: id, version, terms });
      await tx.insert(CampaignVersionEntity, row);
      await tx.update(CampaignEntity, { id }, { version, siteId: terms.site });
    });
    return this.one(scope, id);
  }

  /** ARCHIVED is final. A pause with an end ends without any further action. */
  async setStatus({ scope }: CampaignEditor, id: string, input: StatusInput): Promise<CampaignView> {
    await this.change(scope, async (tx) => {
      const campaign = await owned(tx, scope.supplierId, id);
      await tx.update(CampaignEntity, { id }, checkStatus(campaign.status, input, this.deps.clock.now()));
    });
    return this.one(scope, id);
  }

  async one(scope: SupplierScope, id: string): Promise<CampaignView> {
    return this.deps.transact(scope, async (tx) => {
      const campaign = await owned(tx, scope.supplierId, id);
      const where = { campaignId: id, version: campaign.version };
      return toView(campaign, (await tx.findOneByOrFail(CampaignVersionEntity, where)).terms);
    });
  }

  /** The terms that `create`, or an edit of the campaign `instead`, would store, or its error. Writes nothing. */
  async checked(
    scope: SupplierScope,
    input: TermsInput,
    instead: CampaignView | null,
  ): Promise<CampaignTerms> {
    const terms = await this.deps.transact(scope, (tx) => this.check(tx, scope.supplierId, input));
    if (instead) checkMove(scope.limits, instead.terms.site, terms.site);
    else checkNewPlace(scope.limits, terms.site);
    return terms;
  }

  private async insert(
    tx: EntityManager,
    { scope, actor }: CampaignEditor,
    input: TermsInput,
  ): Promise<string> {
    const { supplierId, limits } = scope;
    const terms = await this.check(tx, supplierId, input);
    checkNewPlace(limits, terms.site);
    const campaignId = newId();
    const createdAt = this.deps.clock.now();
    await tx.insert(CampaignEntity, {
      id: campaignId,
      supplierId,
      productId: terms.product,
      siteId: terms.site,
      status: "ACTIVE",
      pausedUntil: null,
      version: 1,
      createdAt,
    });
    await tx.insert(
      CampaignVersionEntity,
      this.versionRow({ supplierId, actor, campaignId, version: 1, terms }),
    );
    return campaignId;
  }

  private versionRow(
    row: Omit<CampaignVersionEntity, "createdAt" | "createdBy"> & { readonly actor: string },
  ): CampaignVersionEntity {
    const { actor, ...rest } = row;
    return { ...rest, createdAt: this.deps.clock.now(), createdBy: actor };
  }

  private async check(tx: EntityManager, supplierId: string, input: TermsInput): Promise<CampaignTerms> {
    const product = productOf(input.product);
    const floors = await this.deps.floors.at(tx, product, this.deps.clock.now());
    const reached = (where: Parameters<typeof departementsReached>[0]) =>
      departementsReached(where, placesOf(this.deps.centroids));
    const terms = checkTerms(input, { product, floors, zoneOfToday, departementsReached: reached });
    if (terms.site !== null && !(await this.deps.suppliers.hasSites(tx, supplierId, [terms.site])))
      throw notFound("site");
    return terms;
  }

  private async change<T>(scope: SupplierScope, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const result = await this.deps.transact(scope, async (tx) => {
      await this.deps.openings.mark(tx, scope.supplierId);
      return work(tx);
    });
    this.deps.opened(scope.supplierId);
    return result;
  }
}

function* placesOf(centroids: Centroids): Generator<Place> {
  for (const place of everyPlace()) yield { ...place, position: centroids.of(place) };
}

function productOf(id: string): Product {
  const product = productById(id);
  if (!product) throw invalid("There is no such product. The products query lists them.");
  return product;
}

async function owned(tx: EntityManager, supplierId: string, id: string): Promise<CampaignEntity> {
  const campaign = isId(id) ? await tx.findOneBy(CampaignEntity, { id, supplierId }) : null;
  if (!campaign) throw notFound("campaign");
  return campaign;
}

export const toView = (campaign: CampaignEntity, terms: CampaignTerms): CampaignView => {
  const { id, supplierId, status, pausedUntil, version, createdAt } = campaign;
  return { id, supplierId, status, pausedUntil, version, createdAt, terms };
};

const jsonOf = (input: TermsInput): JsonValue => JSON.parse(JSON.stringify(input)) as JsonValue;
