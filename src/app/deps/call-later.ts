/** What higher modules do for lower ones. It is looked up when it is called: by then all of them are built. */
import type { EntityManager } from "typeorm";
import type { MissingCheck, Principal } from "../../access/identity";
import type { Rehearsal } from "../../account/feed";
import type { Modules } from "../modules";

export interface Later {
  readonly sandboxes: {
    readonly open: (by: Principal, supplierId: string) => Promise<string>;
    readonly missing: (supplierId: string) => Promise<readonly MissingCheck[]>;
  };
  readonly rehearsal: Rehearsal;
  /** Told in the transaction that records who came. Answers at which suppliers that opens something. */
  readonly arrived: (tx: EntityManager, supplierIds: readonly string[]) => Promise<readonly string[]>;
}

export function callLater(modules: () => Pick<Modules, "offers" | "sandbox">): Later {
  const twin = () => modules().sandbox.services.twin;
  return {
    sandboxes: {
      open: (by, supplierId) => twin().sandboxes.open(by, supplierId),
      missing: (supplierId) => twin().sandboxes.missing(supplierId),
    },
    rehearsal: {
      startOf: (reader, start) => twin().drills.startOf(reader, start),
      acknowledged: (reader, position, at) => twin().drills.acknowledged(reader, position, at),
    },
    arrived: (tx, supplierIds) => modules().offers.services.campaigns.attended.arrived(tx, supplierIds),
  };
}
