/** The twin of a supplier: a supplier of its own, in a role that sees nothing real. Made when it is first needed. */
import type { EntityManager } from "typeorm";
import { scopeOf, type AuditService, type MissingCheck, type Principal } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { newId } from "../../platform/ids";
import type { SupplierBook, SupplierView } from "../../account/suppliers";
import { goLiveOf, missingIn, nothing, type GoLive } from "./go-live";
import type { GoLiveService } from "./go-live.service";

export interface SandboxesDeps {
  readonly transact: Transact;
  readonly book: Pick<SupplierBook, "one">;
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

  /** null while the supplier has none. */
  async twinOf(supplierId: string): Promise<string | null> {
    return this.deps.transact({ role: "sandbox", supplierId: null }, (tx) => twinIn(tx, supplierId));
  }

  /** Of a supplier without a sandbox, nothing has passed. */
  async goLiveOf(supplierId: string): Promise<GoLive> {
    const twin = await this.twinOf(supplierId);
    return twin === null ? goLiveOf(nothing) : this.deps.goLive.of(twin);
  }

  async missing(supplierId: string): Promise<readonly MissingCheck[]> {
    return missingIn(await this.goLiveOf(supplierId));
  }

  /** Of two at once, one makes it and the other finds it. */
  private async openOnce(
    tx: EntityManager,
    by: Principal,
    { real, id }: { real: SupplierView; id: string },
  ): Promise<string> {
    const at = this.deps.clock.now();
    const made: unknown[] = await tx.query(
      `INSERT INTO supplier (id, siren, name, street, postcode, city, departement, credit_agencies, created_at,
         sandbox_of, sandbox)
       VALUES ($1, $2, $3, $4, $5, $6, $7, '{}', $8, $9, true) ON CONFLICT (sandbox_of) DO NOTHING RETURNING true`,
      [id, real.siren, nameOf(real), real.street, real.postcode, real.city, real.departement, at, real.id],
    );
    if (made.length === 0) return (await twinIn(tx, real.id)) ?? id;
    await tx.query(
      `INSERT INTO supplier_account (supplier_id, mode, balance_cents, credit_limit_cents, last_posting,
         last_position, opened_at) VALUES ($1, 'SANDBOX', 0, 0, 0, 0, $2)`,
      [id, at],
    );
    await tx.query("INSERT INTO sandbox_progress (supplier_id) VALUES ($1)", [id]);
    const act = { actor: by.consumer, action: "SANDBOX_OPENED", subject: `supplier:${real.id}` };
    await this.deps.audit.record(tx, { ...act, supplierId: id, detail: {} });
    return id;
  }
}

const longestName = 200;
const mark = " (sandbox)";

/** Whoever reads it on a receipt sees that it is none. */
const nameOf = ({ name }: SupplierView): string => name.slice(0, longestName - mark.length) + mark;

async function twinIn(tx: EntityManager, supplierId: string): Promise<string | null> {
  const rows: { id: string }[] = await tx.query("SELECT id FROM supplier WHERE sandbox_of = $1", [
    supplierId,
  ]);
  return rows[0]?.id ?? null;
}
