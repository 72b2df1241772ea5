/** Campaigns, the prices of their leads, and who has to be there for them. */
import type { AuditService, IdempotencyService } from "../../access/identity";
import type { SupplierBook } from "../../account/suppliers";
import type { OpeningsService } from "../../account/ledger";
import type { OnboardingService } from "../../account/onboarding";
import type { Foundation } from "../../platform/foundation";
import type { Module } from "../../platform/module";
import type { Centroids } from "../../reference/geo";
import { CampaignPresence } from "./campaign-presence.service";
import { CampaignBook } from "./campaign-book.service";
import { CampaignNowResolver } from "./campaign-now.resolver";
import { CampaignResolver } from "./campaign.resolver";
import { CampaignsService } from "./campaigns.service";
import { PriceFloors } from "./price-floors.service";
import { PriceResolver } from "./price.resolver";
import { TermsCheck } from "./terms-check.service";

export interface CampaignsServices {
  readonly book: CampaignBook;
  readonly campaigns: CampaignsService;
  readonly floors: PriceFloors;
  readonly campaignPresence: CampaignPresence;
}

export interface CampaignsDeps {
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly openings: OpeningsService;
  readonly onboarding: OnboardingService;
  readonly centroids: Centroids;
  readonly suppliers: Pick<SupplierBook, "hasSites">;
  /** Called after commit. */
  readonly campaignChanged: (supplierId: string) => void;
}

export function buildCampaigns(
  { transact, clock }: Foundation,
  { audit, idempotency, openings, onboarding, centroids, suppliers, campaignChanged }: CampaignsDeps,
): Module<CampaignsServices> {
  const book = new CampaignBook(transact);
  const floors = new PriceFloors({ transact, idempotency, audit, clock });
  const campaignPresence = new CampaignPresence(openings);
  const campaigns = new CampaignsService({
    transact,
    terms: new TermsCheck({ suppliers, floors, centroids, clock }),
    openings,
    onboarding,
    idempotency,
    clock,
    opened: campaignChanged,
  });
  return {
    services: { book, campaigns, floors, campaignPresence },
    resolvers: [
      new CampaignNowResolver(clock, transact, campaignPresence),
      new CampaignResolver(campaigns, book),
      new PriceResolver(transact, floors),
    ],
  };
}
