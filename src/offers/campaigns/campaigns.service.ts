/**
 * Creates and changes a supplier's campaigns. Every change locks the supplier's account, as every allocation
 * does. So once a change has been answered, no lead is taken on the old terms.
 */
import type { EntityManager } from "typeorm";
import { productById } from "../../reference/catalogue";
import type { IdempotencyService, JsonValue, SupplierScope } from "../../access/identity";
import type { OpeningsService } from "../../account/ledger";
import type { OnboardingService } from "../../account/onboarding";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { newId } from "../../platform/ids";
import { notFound } from "../../shared/errors";
import { isId } from "../../shared/months";
import { checkVersion } from "../../shared/updates";
import { CampaignEntity, CampaignVersionEntity } from "./campaign.entity";
import type { CampaignView } from "./campaign-view";
import { archived, checkStatus, type StatusInput } from "./check-status";
import type { CampaignTerms } from "./terms";
import type { TermsCheck } from "./terms-check.service";
import type { TermsInput } from "./terms-input";

/** Who makes the change. */
export interface CampaignEditor {
  readonly scope: SupplierScope;
  readonly actor: string;
}

export interface CampaignsServiceDeps {
  readonly transact: Transact;
  readonly terms: TermsCheck;
  readonly openings: OpeningsService;
  readonly onboarding: OnboardingService;
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
    const product = productById(input.product);
    if (product) await this.deps.onboarding.demand(supplierId, product);
    const request = { principal: actor, operation: "createCampaign", key: idempotencyKey, supplierId };
    const id = await this.change(scope, (tx) =>
      this.deps.idempotency.once(tx, { ...request, input: jsonOf(input) }, () =>
        this.insert(tx, editor, input),
      ),
    );
    return this.one(scope, id);
  }

  /** `ifVersion`: the version that the editor saw; null to edit whatever is there. */
  async update(
    { scope, actor }: CampaignEditor,
    id: string,
    { input, ifVersion }: { readonly input: TermsInput; readonly ifVersion: number | null },
  ): Promise<CampaignView> {
    const { supplierId } = scope;
    await this.change(scope, async (tx) => {
      const campaign = await owned(tx, supplierId, id);
      if (campaign.status === "ARCHIVED") throw archived();
      checkVersion(campaign.version, ifVersion);
      const current = await currentView(tx, campaign);
      const terms = await this.deps.terms.ofUpdate(tx, { scope, input }, current.terms);
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
    return this.deps.transact(scope, async (tx) => currentView(tx, await owned(tx, scope.supplierId, id)));
  }

  /**
   * The terms that `create` would store, or `update` of the campaign `instead` if it is for the same product, or the
   * error of that. Writes nothing.
   */
  async checked(
    scope: SupplierScope,
    input: TermsInput,
    instead: CampaignView | null,
  ): Promise<CampaignTerms> {
    return this.deps.transact(scope, (tx) => {
      const { terms } = this.deps;
      if (instead?.terms.product !== input.product) return terms.ofNew(tx, { scope, input });
      return terms.ofUpdate(tx, { scope, input }, instead.terms);
    });
  }

  private async insert(
    tx: EntityManager,
    { scope, actor }: CampaignEditor,
    input: TermsInput,
  ): Promise<string> {
    const { supplierId } = scope;
    const terms = await this.deps.terms.ofNew(tx, { scope, input });
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

  private async change<T>(scope: SupplierScope, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const result = await this.deps.transact(scope, async (tx) => {
      await this.deps.openings.mark(tx, scope.supplierId);
      return work(tx);
    });
    this.deps.opened(scope.supplierId);
    return result;
  }
}

async function owned(tx: EntityManager, supplierId: string, id: string): Promise<CampaignEntity> {
  const campaign = isId(id) ? await tx.findOneBy(CampaignEntity, { id, supplierId }) : null;
  if (!campaign) throw notFound("campaign");
  return campaign;
}

async function currentView(tx: EntityManager, campaign: CampaignEntity): Promise<CampaignView> {
  const where = { campaignId: campaign.id, version: campaign.version };
  return toView(campaign, (await tx.findOneByOrFail(CampaignVersionEntity, where)).terms);
}

export const toView = (campaign: CampaignEntity, terms: CampaignTerms): CampaignView => {
  const { id, supplierId, status, pausedUntil, version, createdAt } = campaign;
  return { id, supplierId, status, pausedUntil, version, createdAt, terms };
};

const jsonOf = (input: TermsInput): JsonValue => JSON.parse(JSON.stringify(input)) as JsonValue;
