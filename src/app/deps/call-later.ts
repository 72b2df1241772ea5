/** Functions of higher modules that lower ones call. They are looked up at the call, when all modules are built. */
import type { EntityManager } from "typeorm";
import type { MissingCheck, Principal } from "../../access/identity";
import type { SandboxHooks } from "../../account/feed";
import type { Modules } from "../modules";

export interface Later {
  readonly sandboxes: {
    readonly open: (by: Principal, supplierId: string) => Promise<string>;
    readonly missing: (supplierId: string) => Promise<readonly MissingCheck[]>;
  };
  readonly sandboxHooks: SandboxHooks;
  /**
   * Called in the transaction that records which members connected. Returns the suppliers whose campaigns may now
   * receive leads.
   */
  readonly arrived: (tx: EntityManager, supplierIds: readonly string[]) => Promise<readonly string[]>;
}

export function callLater(modules: () => Pick<Modules, "offers" | "sandbox">): Later {
  const supplierSandbox = () => modules().sandbox.services.supplierSandbox;
  return {
    sandboxes: {
      open: (by, supplierId) => supplierSandbox().sandboxes.open(by, supplierId),
      missing: (supplierId) => supplierSandbox().sandboxes.missing(supplierId),
    },
    sandboxHooks: {
      startOf: (reader, start) => supplierSandbox().drills.startOf(reader, start),
      acknowledged: (reader, position, at) => supplierSandbox().drills.acknowledged(reader, position, at),
    },
    arrived: (tx, supplierIds) =>
      modules().offers.services.campaigns.campaignPresence.membersConnected(tx, supplierIds),
  };
}
