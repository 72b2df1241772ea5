/** The sandbox: twins of suppliers, and everything that can happen, on demand. */
import type { ConsentRecord } from "../people/consent";
import type { AuditService } from "../access/identity";
import { WithdrawalService, type WithdrawalDeps } from "../consumer/person/withdrawal.service";
import type { Clock } from "../platform/clock";
import type { Transact } from "../platform/database";
import { Drills } from "../sandbox/twin/drills.service";
import { GoLiveService } from "../sandbox/twin/go-live.service";
import { SandboxEvents } from "../sandbox/twin/sandbox-events.service";
import { SandboxMatches, type MatchesDeps } from "../sandbox/twin/sandbox-matches.service";
import { SandboxSweep } from "../sandbox/twin/sandbox-sweep.job";
import { SandboxesService } from "../sandbox/twin/sandboxes.service";
import { SupplierBook } from "../account/suppliers/supplier-book.service";

interface TwinParts {
  readonly transact: Transact;
  readonly audit: AuditService;
  readonly clock: Clock;
}

/** What has to be there before the first key is given out. */
export function twinServices({ transact, audit, clock }: TwinParts) {
  const goLive = new GoLiveService(transact);
  const sandboxes = new SandboxesService({ transact, book: new SupplierBook(), goLive, audit, clock });
  return { goLive, sandboxes, drills: new Drills(transact, clock) };
}

type Parts = MatchesDeps & Omit<WithdrawalDeps, "decisions"> & { readonly consents: ConsentRecord };

export function sandboxServices(parts: Parts) {
  const { transact } = parts;
  // No decision was made about what was made on demand.
  const decisions = { forget: (): Promise<void> => Promise.resolve() };
  /** The same withdrawal as a real person's, in a role that sees nothing but this sandbox. */
  const withdrawalsOf = (supplierId: string): WithdrawalService =>
    new WithdrawalService({
      ...parts,
      decisions,
      transact: (_, work) => transact({ role: "sandbox", supplierId }, work),
    });
  return {
    matches: new SandboxMatches(parts),
    events: new SandboxEvents({ ...parts, withdrawalsOf }),
    sweep: new SandboxSweep({ ...parts, withdrawalsOf }),
  };
}
