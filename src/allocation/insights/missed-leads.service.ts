/** Which leads did a campaign of the supplier miss, and why? Returns counts of people and a few sealed samples. */
import type { CampaignBook, CampaignsService, CampaignView } from "../../offers/campaigns";
import type { SupplierScope } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { Candidate } from "../matching";
import type { Transact } from "../../platform/database";
import { notFound } from "../../shared/errors";
import { checkField } from "../../shared/faults";
import { decidedOf, missOf, type Miss } from "./miss";
import { summarizeMisses, type CountedMiss, type MissSummary } from "./miss-summary";
import type { PastLeadQuery, PastLead, PastLeads } from "./past-leads.service";
import { People } from "./people";
import { isPast, periodOf, periodSince, type Period } from "./period";
import type { Sample, SampleTokens } from "./sample-token.service";

export interface MissedLeadsDeps {
  readonly transact: Transact;
  readonly campaignsService: CampaignsService;
  readonly campaigns: CampaignBook;
  readonly past: PastLeads;
  readonly samples: SampleTokens;
  readonly clock: Clock;
}

export interface MissedView extends Period, MissSummary {
  readonly campaign: CampaignView;
  readonly sampledOneIn: number;
}

export interface WhyNotView extends Miss {
  readonly campaign: CampaignView;
}

export class MissedLeadsService {
  constructor(private readonly deps: MissedLeadsDeps) {}

  /** The `samples` in the result are sealed tokens. */
  async of(scope: SupplierScope, campaignId: string, days: number): Promise<MissedView> {
    const { past, samples, clock, campaignsService } = this.deps;
    const whole = checkField("days", () => periodOf(days, clock.now()));
    const campaign = await campaignsService.one(scope, campaignId);
    const period = periodSince(whole, await this.madeAt(scope, campaign));
    const asked = askedOf(campaign, period);
    const sampledOneIn = await past.sampledOneIn(asked);
    const people = new People();
    const misses: CountedMiss[] = [];
    for await (const page of past.pages(asked, sampledOneIn)) {
      for (const lead of page) misses.push(...missIn(lead, campaign, people));
    }
    const of = { supplierId: scope.supplierId, campaignId, version: campaign.version, until: period.until };
    const told = summarizeMisses(misses, {
      ...{ people, sampledOneIn },
      drawOf: (leadId) => samples.drawOf({ ...of, leadId }),
    });
    const reasons = told.reasons.map((reason) => ({
      ...reason,
      samples: reason.samples.map((leadId) => samples.write({ ...of, leadId })),
    }));
    return { ...period, campaign, sampledOneIn, reasons, otherPeople: told.otherPeople };
  }

  /** For somebody else's or an expired sample, the answer is the same as for one that never existed. */
  async whyNot(scope: SupplierScope, token: string): Promise<WhyNotView> {
    const sample = this.deps.samples.read(token);
    if (sample?.supplierId !== scope.supplierId || isPast(sample.until, this.deps.clock.now()))
      throw notFound("sample");
    const campaign = await this.deps.campaignsService.one(scope, sample.campaignId);
    const lead = campaign.version === sample.version ? await this.sampled(campaign, sample) : null;
    // The lead may have been erased, or its consent withdrawn, since the sample was drawn.
    if (!lead || lead.isReceived) throw notFound("sample");
    return { ...whyMissed(lead, campaign), campaign };
  }

  private async sampled(campaign: CampaignView, { leadId, until }: Sample): Promise<PastLead | null> {
    return this.deps.past.one(askedOf(campaign, { from: new Date(0), until }), leadId);
  }

  private async madeAt(scope: SupplierScope, { id, version }: CampaignView): Promise<Date> {
    const [made] = await this.deps.transact(scope, (tx) =>
      this.deps.campaigns.termsOf(tx, [{ campaignId: id, version }]),
    );
    if (!made) throw new Error(`Campaign ${id} has no version ${version}.`);
    return made.createdAt;
  }
}

const askedOf = ({ supplierId, terms }: CampaignView, period: Period): PastLeadQuery => ({
  ...period,
  supplierId,
  product: terms.product,
  onlyClosed: true,
});

/** Requests that were received are not missed, but they count for `people`, because they may connect two others. */
function missIn(lead: PastLead, campaign: CampaignView, people: People): CountedMiss[] {
  const request = people.add(lead.digests);
  return lead.isReceived ? [] : [{ request, leadId: lead.leadId, miss: whyMissed(lead, campaign) }];
}

function whyMissed(lead: PastLead, campaign: CampaignView): Miss {
  const candidate: Candidate = { ...campaign, campaignId: campaign.id };
  return missOf(lead, candidate, decidedOf(lead.decision, candidate));
}
