/** Builds the intake feature: preview of recipients, submission, confirmation, and deletion of unconfirmed requests. */
import type { IdempotencyService } from "../../access/identity";
import type { SupplierBook } from "../../account/suppliers";
import type { Shortlist } from "../../allocation/matching";
import type { CampaignBook } from "../../offers/campaigns";
import type { ConsentRecord } from "../../people/consent";
import type {
  ConfirmationBook,
  LeadBook,
  LeadReader,
  LeadVault,
  PersonTokens,
  RepeatRequests,
  UnconfirmedRequests,
} from "../../people/leads";
import { AddressRateLimiter } from "../../platform/address-rate-limiter";
import type { Foundation } from "../../platform/foundation";
import { repeated, type Job } from "../../platform/job";
import type { Module } from "../../platform/module";
import type { AddressBase, Centroids } from "../../reference/geo";
import { Codes, type CodeSender } from "./codes.service";
import { ConfirmationService } from "./confirmation.service";
import { IntakeResolver } from "./intake.resolver";
import { PreviewService } from "./preview.service";
import { PreviewTokens } from "./preview-token.service";
import { SubmissionService } from "./submission.service";
import { UnconfirmedCleaner } from "./unconfirmed.job";

export interface IntakeDeps {
  readonly idempotency: IdempotencyService;
  readonly suppliers: SupplierBook;
  readonly campaigns: CampaignBook;
  readonly consents: ConsentRecord;
  readonly leads: LeadBook;
  readonly reader: LeadReader;
  readonly vault: LeadVault;
  readonly repeats: RepeatRequests;
  readonly confirmations: ConfirmationBook;
  readonly unconfirmed: UnconfirmedRequests;
  readonly tokens: PersonTokens;
  readonly shortlist: Shortlist;
  readonly centroids: Centroids;
  readonly addresses: AddressBase;
  readonly sender: CodeSender;
  readonly settings: { readonly previewMinutes: number; readonly formPerMinute: number };
  /** Called after the commit that confirmed a lead. */
  readonly confirmed: (leadId: string) => void;
  /** The page that explains the ranking. */
  readonly rankingUrl: () => string;
}

export function buildIntake(foundation: Foundation, deps: IntakeDeps): Module<Record<string, never>> {
  const { transact, clock, keys, publicUrl } = foundation;
  const { settings, rankingUrl } = deps;
  const { previewMinutes, formPerMinute } = settings;
  const tokens = new PreviewTokens(keys.tokenKey);
  const given = { ...deps, transact, clock };
  const confirming = new ConfirmationService({ ...given, codes: new Codes(keys.tokenKey) });
  const resolver = new IntakeResolver({
    previews: new PreviewService({ ...given, tokens, previewMinutes }),
    submissions: new SubmissionService({ ...given, previews: tokens, confirmations: confirming }),
    confirmations: confirming,
    addressLimit: new AddressRateLimiter(formPerMinute),
    personalLinkOf: (token) => `${publicUrl()}/ma-demande#${token}`,
    rankingUrl,
  });
  return { services: {}, resolvers: [resolver], jobs: [cleaningOf(foundation, deps.unconfirmed)] };
}

function cleaningOf({ transact, clock, log }: Foundation, requests: UnconfirmedRequests): Job {
  const cleaner = new UnconfirmedCleaner(transact, requests, clock);
  const work = async (): Promise<void> => {
    const deleted = await cleaner.run();
    if (deleted > 0) log.info({ deleted }, "unconfirmed requests were deleted");
  };
  return repeated({ name: "deleting unconfirmed requests", pauseMs: 60_000, clock, log, work });
}
