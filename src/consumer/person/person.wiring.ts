/** Builds the person feature: the person's view of their request, withdrawal, erasure and retention. */
import type { AuditService } from "../../access/identity";
import type { FeedService } from "../../account/feed";
import type { AccountsService } from "../../account/ledger";
import type { DecisionBook } from "../../allocation/assign";
import type { DeliveryBook } from "../../delivery/deliveries";
import type { ConsentRecord } from "../../people/consent";
import type { LeadBook, LeadReader, LeadVault, RepeatRequests } from "../../people/leads";
import type { Foundation } from "../../platform/foundation";
import { repeated, type Job } from "../../platform/job";
import type { Module } from "../../platform/module";
import { PersonalRequests } from "./personal-request.service";
import { NotSentResolver } from "./not-sent.resolver";
import { PersonResolver } from "./person.resolver";
import { RetentionJob } from "./retention.job";
import { WithdrawalService } from "./withdrawal.service";

export interface PersonServices {
  readonly withdrawals: WithdrawalService;
  readonly retention: RetentionJob;
  /** The same withdrawals, run in a database role that sees only this sandbox. */
  readonly sandboxWithdrawals: (supplierId: string) => WithdrawalService;
}

export interface PersonDeps {
  readonly audit: AuditService;
  readonly accounts: AccountsService;
  readonly feed: FeedService;
  readonly consents: ConsentRecord;
  readonly leads: LeadBook;
  readonly reader: LeadReader;
  readonly vault: LeadVault;
  readonly repeats: RepeatRequests;
  readonly deliveries: DeliveryBook;
  readonly decisions: DecisionBook;
  /** Called after commit. */
  readonly wake: (topics: readonly string[]) => void;
}

export function buildPerson(foundation: Foundation, deps: PersonDeps): Module<PersonServices> {
  const { transact, clock } = foundation;
  const withdrawals = new WithdrawalService({ ...deps, transact, clock });
  const retention = new RetentionJob(transact, deps.leads, withdrawals, clock);
  // Leads of a sandbox are not allocated, so there is no decision to delete.
  const decisions = { forget: (): Promise<void> => Promise.resolve() };
  const sandboxWithdrawals = (supplierId: string): WithdrawalService =>
    new WithdrawalService({
      ...deps,
      clock,
      decisions,
      transact: (_, work) => transact({ role: "sandbox", supplierId }, work),
    });
  const requests = new PersonalRequests({ ...deps, transact });
  return {
    services: { withdrawals, retention, sandboxWithdrawals },
    resolvers: [new NotSentResolver(), new PersonResolver(requests, withdrawals)],
    jobs: [erasing(foundation, retention)],
  };
}

function erasing({ clock, log }: Foundation, retention: RetentionJob): Job {
  const work = async (): Promise<void> => {
    const erased = await retention.run();
    if (erased > 0) log.info({ erased }, "requests were erased after six months");
  };
  return repeated({ name: "erasing old requests", pauseMs: 60_000, clock, log, work });
}
