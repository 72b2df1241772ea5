/**
 * Creates and finds sandboxes. A supplier's sandbox is a separate supplier, used in a database role that
 * sees no real data. It is created when it is first needed.
 */
import type { EntityManager } from "typeorm";
import { scopeOf, type AuditService, type MissingCheck, type Principal } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { newId } from "../../platform/ids";
import type { BillingService } from "../../account/ledger";
import type { SupplierBook, SupplierView } from "../../account/suppliers";
import { goLiveOf, missingChecks, nothing, type GoLive } from "./go-live";
import type { GoLiveService } from "./go-live.service";

export interface SandboxesDeps {
  readonly transact: Transact;
  readonly book: Pick<SupplierBook, "one" | "sandboxOf" | "insertSandbox">;
  readonly billing: Pick<BillingService, "openSandbox">;
  readonly goLive: GoLiveService;
  readonly audit: AuditService;
  readonly clock: Clock;
}

export class SandboxesService {
  constructor(private readonly deps: SandboxesDeps) {}

  async open(by: Principal, supplierId: string): Promise<string> {
    const { transact, book } = this.deps;
    const real = await transact(scopeOf(by), (tx) => book.one(tx, supplierId));
    const id = newId();
    return transact({ role: "sandbox", supplierId: id }, (tx) => this.openOnce(tx, by, { real, id }));
  }

  /** Returns the supplier id of the sandbox, or null while the supplier has none. */
  async sandboxOf(supplierId: string): Promise<string | null> {
    return this.deps.transact({ role: "sandbox", supplierId: null }, (tx) =>
      this.deps.book.sandboxOf(tx, supplierId),
    );
  }

  /** For a supplier without a sandbox, no check has passed. */
  async goLiveOf(supplierId: string): Promise<GoLive> {
    const sandboxId = await this.sandboxOf(supplierId);
    return sandboxId === null ? goLiveOf(nothing) : this.deps.goLive.of(sandboxId);
  }

  async missing(supplierId: string): Promise<readonly MissingCheck[]> {
    return missingChecks(await this.goLiveOf(supplierId));
  }

  /** Of two concurrent calls, one creates the sandbox and the other returns it. */
  private async openOnce(
    tx: EntityManager,
    by: Principal,
    { real, id }: { real: SupplierView; id: string },
  ): Promise<string> {
    const at = this.deps.clock.now();
    const { book, billing } = this.deps;
    const isNew = await book.insertSandbox(tx, { id, name: nameOf(real), createdAt: at, of: real });
    if (!isNew) return (await book.sandboxOf(tx, real.id)) ?? id;
    await billing.openSandbox(tx, id);
    await tx.query("INSERT INTO sandbox_progress (supplier_id) VALUES ($1)", [id]);
    const act = { actor: by.consumer, action: "SANDBOX_OPENED", subject: `supplier:${real.id}` };
    await this.deps.audit.record(tx, { ...act, supplierId: id, detail: {} });
    return id;
  }
}

const longestName = 200;
const mark = " (sandbox)";

/** Marks the name, so that nobody mistakes a consent receipt of a sandbox for a real one. */
const nameOf = ({ name }: SupplierView): string => name.slice(0, longestName - mark.length) + mark;
