/** Builds the sandbox feature: sandboxes of suppliers, events on demand, and the go-live checks. */
import type { AuditService } from "../../access/identity";
import type { FeedService } from "../../account/feed";
import type { AccountsService, BillingService } from "../../account/ledger";
import type { SupplierBook } from "../../account/suppliers";
import type { WithdrawalService } from "../../consumer/person";
import type { DeliveryBook, SupplierLeads } from "../../delivery/deliveries";
import type { CampaignBook, CampaignsService, PriceFloors } from "../../offers/campaigns";
import type { ConsentRecord } from "../../people/consent";
import type { LeadBook, LeadVault } from "../../people/leads";
import type { Foundation } from "../../platform/foundation";
import { repeated } from "../../platform/job";
import type { Module } from "../../platform/module";
import { Drills } from "./drills.service";
import { GoLiveResolver } from "./go-live.resolver";
import { GoLiveService } from "./go-live.service";
import { SandboxEvents } from "./sandbox-events.service";
import { SandboxMatches } from "./sandbox-matches.service";
import { SandboxSweep } from "./sandbox-sweep.job";
import { SandboxResolver } from "./sandbox.resolver";
import { SandboxesService } from "./sandboxes.service";

export interface SupplierSandboxServices {
  readonly sandboxes: SandboxesService;
  readonly drills: Drills;
  readonly sweep: SandboxSweep;
}

export interface SupplierSandboxDeps {
  readonly audit: AuditService;
  readonly suppliers: SupplierBook;
  readonly accounts: AccountsService;
  readonly billing: BillingService;
  readonly feed: FeedService;
  readonly campaigns: CampaignBook;
  readonly campaignsService: CampaignsService;
  readonly floors: PriceFloors;
  readonly leads: LeadBook;
  readonly vault: LeadVault;
  readonly consents: ConsentRecord;
  readonly deliveries: DeliveryBook;
  readonly inbox: SupplierLeads;
  readonly withdrawalsOf: (supplierId: string) => WithdrawalService;
  /** Called after commit with the topics of the feeds that have grown. */
  readonly wake: (topics: readonly string[]) => void;
}

export function buildSupplierSandbox(
  foundation: Foundation,
  deps: SupplierSandboxDeps,
): Module<SupplierSandboxServices> {
  const { transact, clock, log } = foundation;
  const given = { ...deps, book: deps.suppliers, transact, clock };
  const goLive = new GoLiveService(transact);
  const sandboxes = new SandboxesService({ ...given, goLive });
  const drills = new Drills(transact, clock);
  const matches = new SandboxMatches(given);
  const events = new SandboxEvents(given);
  const sweep = new SandboxSweep(given);
  return {
    services: { sandboxes, drills, sweep },
    resolvers: [
      new GoLiveResolver(sandboxes, goLive),
      new SandboxResolver({ matches, events, drills, inbox: deps.inbox, campaigns: deps.campaignsService }),
    ],
    jobs: [repeated({ name: "sweeping sandboxes", pauseMs: 60_000, clock, log, work: () => sweep.run() })],
  };
}
