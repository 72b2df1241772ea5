/**
 * A supplier's list of the people it serves already. It is kept as hashes that only that supplier and this
 * server can make, and asked in one place: when it is decided who takes a lead. No answer to a supplier
 * depends on whether somebody was found in it.
 */
import type { EntityManager } from "typeorm";
import type { AuditService, SupplierScope } from "../identity";
import type { Contact } from "../leads";
import type { Transact } from "../platform/database";
import { AppError, invalid } from "../shared/errors";
import { hashesOf, listKeyOf } from "./hash.service";
import { readHashes } from "./read-hashes";

export interface OwnCustomerListView {
  /** The supplier's secret. */
  readonly key: Buffer;
  readonly count: number;
  readonly updatedAt: Date | null;
  /** By the server's clock, for removing what was not uploaded since. */
  readonly at: Date;
}

export interface Removal {
  readonly hashes?: readonly string[] | null;
  readonly notUploadedSince?: Date | null;
}

/** Whose list it is, and who changes it. */
export interface ListEditor {
  readonly scope: SupplierScope;
  readonly actor: string;
}

const longestList = 2_000_000;
const keptMs = 365 * 86_400_000;

export class OwnCustomers {
  constructor(
    private readonly deps: {
      readonly transact: Transact;
      readonly audit: AuditService;
      readonly clock: () => Date;
      readonly longestList?: number;
    },
    private readonly indexKey: Buffer,
  ) {}

  async list(scope: SupplierScope): Promise<OwnCustomerListView> {
    return this.deps.transact(scope, (tx) => this.read(tx, scope.supplierId));
  }

  /** Adding again refreshes: what is not refreshed for a year is forgotten. */
  async add(editor: ListEditor, given: readonly string[]): Promise<OwnCustomerListView> {
    const hashes = readHashes(given);
    return this.change(editor, async (tx) => {
      await tx.query(
        `INSERT INTO own_customer (supplier_id, hash, uploaded_at)
         SELECT $1, decode(hash, 'hex'), $3 FROM unnest($2::text[]) AS hash
         ON CONFLICT (supplier_id, hash) DO UPDATE SET uploaded_at = excluded.uploaded_at`,
        [editor.scope.supplierId, hashes, this.deps.clock()],
      );
    });
  }

  async remove(editor: ListEditor, { hashes, notUploadedSince }: Removal): Promise<OwnCustomerListView> {
    if ((hashes == null) === (notUploadedSince == null)) {
      throw invalid("Say what to remove in exactly one way: hashes, or notUploadedSince.");
    }
    const wanted = hashes == null ? null : readHashes(hashes);
    return this.change(editor, async (tx) => {
      await tx.query(
        `DELETE FROM own_customer WHERE supplier_id = $1
         AND (hash = ANY (SELECT decode(hash, 'hex') FROM unnest($2::text[]) AS hash) OR uploaded_at < $3)`,
        [editor.scope.supplierId, wanted ?? [], notUploadedSince ?? null],
      );
    });
  }

  /** Which of these suppliers have the person in their lists. For deciding, and for nothing else. */
  async amongThem(
    tx: EntityManager,
    suppliers: readonly string[],
    contact: Pick<Contact, "email" | "phone">,
  ): Promise<ReadonlySet<string>> {
    const pairs = suppliers.flatMap((supplierId) =>
      hashesOf(listKeyOf(this.indexKey, supplierId), contact).map((hash) => ({ supplierId, hash })),
    );
    const rows: { supplier_id: string }[] = await tx.query(
      `SELECT DISTINCT supplier_id FROM own_customer
       WHERE (supplier_id, hash) IN (SELECT * FROM unnest($1::uuid[], $2::bytea[]))`,
      [pairs.map(({ supplierId }) => supplierId), pairs.map(({ hash }) => hash)],
    );
    return new Set(rows.map((row) => row.supplier_id));
  }

  /** How many were forgotten. Safe to run twice. */
  async forgetOld(tx: EntityManager): Promise<number> {
    const before = new Date(this.deps.clock().getTime() - keptMs);
    const [, forgotten]: [unknown, number] = await tx.query(
      "DELETE FROM own_customer WHERE uploaded_at < $1",
      [before],
    );
    return forgotten;
  }

  private async change(
    { scope, actor }: ListEditor,
    write: (tx: EntityManager) => Promise<void>,
  ): Promise<OwnCustomerListView> {
    const { transact, audit, longestList: limit = longestList } = this.deps;
    const { supplierId } = scope;
    return transact(scope, async (tx) => {
      // Uploads of one supplier queue up here: counted side by side, they would pass the limit together.
      await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 1764600))", [supplierId]);
      await write(tx);
      const list = await this.read(tx, supplierId);
      if (list.count > limit) {
        throw new AppError(
          "CONFLICT",
          `A list holds at most ${String(limit)} entries: remove some first. Nothing of this call was kept.`,
        );
      }
      const subject = `supplier:${supplierId}`;
      const detail = { count: list.count };
      await audit.record(tx, { actor, action: "OWN_CUSTOMERS_CHANGED", subject, supplierId, detail });
      return list;
    });
  }

  private async read(tx: EntityManager, supplierId: string): Promise<OwnCustomerListView> {
    const rows: { count: string; updated_at: Date | null }[] = await tx.query(
      "SELECT count(*), max(uploaded_at) AS updated_at FROM own_customer WHERE supplier_id = $1",
      [supplierId],
    );
    return {
      key: listKeyOf(this.indexKey, supplierId),
      count: Number(rows[0]?.count),
      updatedAt: rows[0]?.updated_at ?? null,
      at: this.deps.clock(),
    };
  }
}
