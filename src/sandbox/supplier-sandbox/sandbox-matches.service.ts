/** Creates a matched lead on demand: an invented request, stored like a real one but in the role of the sandbox. */
import type { EntityManager } from "typeorm";
import { wholeOf } from "../../access/identity";
import type { CampaignBook, CampaignsService, CampaignView, PriceFloors } from "../../offers/campaigns";
import { declarationOf, type Language, type Product } from "../../reference/catalogue";
import type { ConsentRecord } from "../../people/consent";
import type { DeliveryBook } from "../../delivery/deliveries";
import { feedTopic, type FeedService } from "../../account/feed";
import { resolvePlace } from "../../reference/geo";
import type { LeadBook, LeadVault } from "../../people/leads";
import type { AccountsService } from "../../account/ledger";
import type { Clock } from "../../platform/clock";
import type { SupplierBook } from "../../account/suppliers";
import type { Transact } from "../../platform/database";
import { newMonthlyId, newReference } from "../../platform/ids";
import { hashOfText } from "../../platform/text-hash";
import { invalid } from "../../shared/errors";
import { checkMatch, type SandboxMatchInput } from "./check-match";
import { inventedContact, inventedPostcode } from "./invented";
import { admitEvent } from "./sandbox-limit.service";
import { consentOf, sandboxDeliveryOf, leadOf, sandboxNeedOf, type Making } from "./sandbox-lead";

/** The sandbox key that requests the match. */
export interface SandboxCaller {
  /** The supplier id of the sandbox. */
  readonly supplierId: string;
  readonly actor: string;
}

export interface MatchesDeps {
  readonly transact: Transact;
  readonly book: Pick<SupplierBook, "one">;
  readonly campaigns: CampaignBook;
  readonly campaignsService: CampaignsService;
  readonly floors: PriceFloors;
  readonly leads: LeadBook;
  readonly vault: LeadVault;
  readonly consents: ConsentRecord;
  readonly deliveries: DeliveryBook;
  readonly accounts: AccountsService;
  readonly feed: FeedService;
  readonly clock: Clock;
  /** Called after commit with the topics of the feeds that have grown. */
  readonly wake: (topics: readonly string[]) => void;
}

const language: Language = "FR";

export class SandboxMatches {
  constructor(private readonly deps: MatchesDeps) {}

  /** Creates the lead and returns its id and its campaign's. */
  async make(by: SandboxCaller, input: SandboxMatchInput): Promise<{ leadId: string; campaignId: string }> {
    const at = this.deps.clock.now();
    const {
      product,
      answers: { answers, texts },
      channels,
    } = checkMatch(input, at);
    const campaign = await this.campaignFor(by, product, input.campaignId ?? null);
    const [leadId, deliveryId] = [newMonthlyId(at), newMonthlyId(at)];
    const place = resolvePlace({ postcode: inventedPostcode });
    const declared = declaredOf(product);
    const contact = inventedContact(leadId, product, channels);
    const { supplierId } = by;
    await this.deps.transact({ role: "sandbox", supplierId }, async (tx) => {
      await admitEvent(tx, supplierId, at);
      const sandbox = { id: supplierId, name: (await this.deps.book.one(tx, supplierId)).name };
      const ids = { leadId, deliveryId, reference: newReference(), at };
      const made = {
        sandbox,
        campaign,
        channels,
        answers,
        textsAnswered: Object.keys(texts),
        place,
        declared,
      };
      await this.store(tx, { ...made, ...ids });
      await this.deps.vault.store(tx, leadId, { contact, texts, position: null });
    });
    this.deps.wake([feedTopic(supplierId)]);
    return { leadId: deliveryId, campaignId: campaign.id };
  }

  private async store(tx: EntityManager, making: Making): Promise<void> {
    const { leads, consents, deliveries, accounts, feed } = this.deps;
    const { sandbox, campaign, leadId, deliveryId, at } = making;
    await leads.insert(tx, leadOf(making), sandboxNeedOf(making));
    await consents.append(tx, leadId, { at, content: consentOf(making) });
    await accounts.withAccounts(tx, [sandbox.id], async (locked) => {
      const account = locked.get(sandbox.id);
      if (!account) throw new Error("The supplier's account must be locked to append to its feed.");
      await deliveries.insert(tx, [sandboxDeliveryOf(making)]);
      const matched = { kind: "LEAD_MATCHED" as const, deliveryId, campaignId: campaign.id, detail: {} };
      await feed.append(tx, [{ ...matched, counter: account, at }]);
    });
  }

  /** Returns the campaign named, else the newest one for the product, else a new campaign. */
  private async campaignFor(
    by: SandboxCaller,
    product: Product,
    named: string | null,
  ): Promise<CampaignView> {
    const { campaigns, campaignsService } = this.deps;
    if (named !== null) {
      const campaign = await campaignsService.one(wholeOf(by.supplierId), named);
      if (campaign.terms.product === product.id) return campaign;
      throw invalid(
        `This campaign is for ${campaign.terms.product}. Name one for ${product.id}, or leave it out.`,
        { reason: "NOT_ALLOWED", field: "campaignId" },
      );
    }
    const newest = await campaigns.page(wholeOf(by.supplierId), { after: null, limit: 100 });
    const fitting = newest.find(({ terms, status }) => terms.product === product.id && status !== "ARCHIVED");
    return fitting ?? this.campaignOf(by, product);
  }

  private async campaignOf(by: SandboxCaller, product: Product): Promise<CampaignView> {
    const { transact, floors, clock, campaignsService } = this.deps;
    const all = await transact({ role: "sandbox", supplierId: by.supplierId }, (tx) =>
      floors.at(tx, product, clock.now()),
    );
    const pricePerLeadCents = Math.max(...all.map(({ floorCents }) => floorCents));
    const terms = {
      name: `Sandbox, ${product.label.EN}`,
      product: product.id,
      zones: [{ country: "FR" }],
      criteria: [],
      pricePerLeadCents,
      caps: [{ unit: "LEADS" as const, period: "DAY" as const, limit: 10 }],
    };
    return campaignsService.create({ scope: wholeOf(by.supplierId), actor: by.actor }, terms, null);
  }
}

function declaredOf({ form }: Product): Making["declared"] {
  const { text } = declarationOf(form, language);
  return { formVersion: form.version, language, textHash: hashOfText(text) };
}
