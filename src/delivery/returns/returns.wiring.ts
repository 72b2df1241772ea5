/** Builds the returns feature: requests by suppliers, decisions by staff, and the job that closes overdue returns. */
import type { AuditService, IdempotencyService } from "../../access/identity";
import type { FeedService } from "../../account/feed";
import type { AccountsService } from "../../account/ledger";
import type { SuppliersById } from "../../account/suppliers";
import type { CampaignBook } from "../../offers/campaigns";
import type { LeadBook, LeadVault } from "../../people/leads";
import type { Foundation } from "../../platform/foundation";
import { repeated } from "../../platform/job";
import type { Module } from "../../platform/module";
import type { DeliveryBook, LeadCredits, SupplierLeads } from "../deliveries";
import { EvidenceService } from "./evidence.service";
import { ReturnBook } from "./return-book.service";
import { ReturnDesk } from "./return-desk.service";
import { LeadReturnResolver, ReturnOfLeadResolver, ReturnRateResolver } from "./lead-return.resolver";
import { ReturnDecidedResolver, ReturnPendingResolver } from "./return-event.resolver";
import { ReturnResolver } from "./return.resolver";
import { ReturnsService } from "./returns.service";

export interface ReturnsServices {
  readonly returns: ReturnsService;
}

export interface ReturnsDeps {
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly accounts: AccountsService;
  readonly feed: FeedService;
  readonly campaigns: CampaignBook;
  readonly leads: LeadBook;
  readonly vault: LeadVault;
  readonly suppliersById: SuppliersById;
  /** Called after commit when a supplier may be able to receive leads again. */
  readonly opened: () => void;
  /** Called after commit with the topics that changed. */
  readonly wake: (topics: readonly string[]) => void;
}

export interface DeliveriesForReturns {
  readonly deliveries: DeliveryBook;
  readonly leadCredits: LeadCredits;
  readonly inbox: SupplierLeads;
}

export function buildReturns(
  { transact, clock, log }: Foundation,
  deps: ReturnsDeps,
  { deliveries, leadCredits, inbox }: DeliveriesForReturns,
): Module<ReturnsServices> {
  const book = new ReturnBook();
  const evidence = new EvidenceService(deps.leads, deps.campaigns);
  const desk = new ReturnDesk({ transact, deliveries, vault: deps.vault });
  const returns = new ReturnsService({ ...deps, transact, clock, deliveries, leadCredits, book, evidence });
  const work = (): Promise<unknown> => returns.closeOverdue();
  return {
    services: { returns },
    resolvers: [
      new LeadReturnResolver({ inbox, desk, suppliersById: deps.suppliersById }),
      new ReturnDecidedResolver(inbox),
      new ReturnOfLeadResolver(transact, book),
      new ReturnPendingResolver(inbox),
      new ReturnRateResolver(deps.suppliersById),
      new ReturnResolver({ transact, book, returns }),
    ],
    jobs: [repeated({ name: "closing overdue returns", pauseMs: 60_000, clock, log, work })],
  };
}
