/** Replays the past requests of a product against a draft. Writes nothing, and uses no other supplier's campaigns. */
import type {
  CampaignBook,
  CampaignsService,
  CampaignTerms,
  CampaignView,
  TermsInput,
} from "../../offers/campaigns";
import type { SupplierScope } from "../../access/identity";
import { nextTurn, type Clock } from "../../platform/clock";
import type { Candidate } from "../matching";
import type { Transact } from "../../platform/database";
import { checkAll, settled } from "../../shared/faults";
import { Forecast, type ForecastResult } from "./forecast";
import type { PastLeads } from "./past-leads.service";
import { People } from "./people";
import { periodOf, type Period } from "./period";

export interface SimulationDeps {
  readonly transact: Transact;
  readonly campaignsService: CampaignsService;
  readonly campaigns: CampaignBook;
  readonly past: PastLeads;
  readonly clock: Clock;
}

export interface Draft {
  readonly campaign: TermsInput;
  /** The campaign that the draft would replace. */
  readonly instead: string | null;
  readonly days: number;
}

export interface SimulationView extends Period, ForecastResult {
  readonly terms: CampaignTerms;
  readonly sampledOneIn: number;
  /** The campaigns that `overlaps` refers to, newest first. */
  readonly others: readonly CampaignView[];
}

/** Each of them is compared with every lead that fits. */
const comparedWith = 20;

export class SimulationService {
  constructor(private readonly deps: SimulationDeps) {}

  async simulate(scope: SupplierScope, { campaign, instead, days }: Draft): Promise<SimulationView> {
    const { past, clock, campaignsService } = this.deps;
    const { supplierId } = scope;
    // For another supplier's campaign, this fails as if it did not exist.
    const left = instead === null ? null : await campaignsService.one(scope, instead);
    const { campaign: terms, days: period } = checkAll({
      campaign: await settled(campaignsService.checked(scope, campaign, left)),
      days: () => periodOf(days, clock.now()),
    });
    const others = await this.othersOf(scope, terms.product, left?.id);
    const asked = { ...period, supplierId, product: terms.product, onlyClosed: false };
    const sampledOneIn = await past.sampledOneIn(asked);
    const forecast = new Forecast(new People(), draftOf(supplierId, terms), others.map(running));
    for await (const page of past.pages(asked, sampledOneIn)) for (const lead of page) forecast.add(lead);
    const told = await runInSlices(forecast.result(sampledOneIn));
    return { ...period, ...told, terms, sampledOneIn, others };
  }

  private async othersOf(
    scope: SupplierScope,
    product: string,
    leftOut: string | undefined,
  ): Promise<CampaignView[]> {
    const standing = await this.deps.transact(scope, (tx) =>
      this.deps.campaigns.ofSuppliers(tx, [product], [scope.supplierId]),
    );
    return standing
      .filter(({ id }) => id !== leftOut)
      .sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
      .slice(0, comparedWith);
  }
}

/** As if the campaign had always run. */
const running = (view: CampaignView): Candidate => ({
  ...view,
  campaignId: view.id,
  status: "ACTIVE",
  pausedUntil: null,
});

const draftOf = (supplierId: string, terms: CampaignTerms): Candidate => ({
  ...{ supplierId, terms },
  campaignId: "draft",
  version: 1,
  status: "ACTIVE",
  pausedUntil: null,
});

/** Lets other work run between the steps. */
async function runInSlices<T>(work: Generator<void, T, void>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}
