/**
 * A supplier's list of the people it serves already, stored as hashes that only the supplier and this server
 * can compute. It is used only to decide who takes a lead. No answer to a supplier depends on whether
 * somebody was found in it.
 */
import type { EntityManager } from "typeorm";
import type { AuditService, SupplierScope } from "../../access/identity";
import type { Contact } from "../../people/leads";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { currentKeyOf, type KeyRing } from "../../platform/sealed/key-ring";
import { preparedStatement } from "../../platform/prepared-statement";
import { AppError, invalid } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import { hashesOf, listKeysOf } from "./hash.service";
import { readHashes } from "./read-hashes";

export interface OwnCustomerListView {
  /** The supplier's secret key. */
  readonly key: Buffer;
  readonly count: number;
  readonly updatedAt: Date | null;
  /** The server's time, for removing entries that were not uploaded since. */
  readonly at: Date;
}

export interface Removal {
  readonly hashes?: readonly string[] | null;
  readonly notUploadedSince?: Date | null;
}

/** The supplier whose list it is, and who changes it. */
export interface ListEditor {
  readonly scope: SupplierScope;
  readonly actor: string;
}

const longestList = 2_000_000;
const keptMs = 365 * 86_400_000;

const listKeysKept = 20_000;

/** The people to look up, and the suppliers in whose lists to look. */
export interface Acquaintance {
  readonly suppliers: readonly string[];
  readonly contact: Pick<Contact, "email" | "phone">;
}

const readKnown = preparedStatement<{ readonly person: number; readonly supplierId: string }>(
  "customers.known",
  `SELECT DISTINCT asked.person, asked.supplier_id AS "supplierId"
   FROM unnest($1::integer[], $2::uuid[], $3::bytea[]) AS asked (person, supplier_id, hash)
   CROSS JOIN LATERAL (
     SELECT FROM own_customer WHERE supplier_id = asked.supplier_id AND hash = asked.hash LIMIT 1) AS known`,
);

export class OwnCustomers {
  private readonly listKeys = new Map<string, KeyRing>();

  constructor(
    private readonly deps: {
      readonly transact: Transact;
      readonly audit: AuditService;
      readonly clock: Clock;
      readonly longestList?: number;
    },
    private readonly indexKey: KeyRing,
  ) {}

  async list(scope: SupplierScope): Promise<OwnCustomerListView> {
    return this.deps.transact(scope, (tx) => this.read(tx, scope.supplierId));
  }

  /**
   * Adding an entry again refreshes it; entries not refreshed for a year are deleted. A hash does not reveal
   * its key, so the row names the key that the supplier has at that time. A look-up uses all of the keys.
   */
  async add(editor: ListEditor, given: readonly string[]): Promise<OwnCustomerListView> {
    const hashes = readHashes(given);
    return this.change(editor, async (tx) => {
      await tx.query(
        `INSERT INTO own_customer (supplier_id, hash, key_id, uploaded_at)
         SELECT $1, decode(hash, 'hex'), $4, $3 FROM unnest($2::text[]) AS hash
         ON CONFLICT (supplier_id, hash) DO UPDATE SET uploaded_at = excluded.uploaded_at`,
        [editor.scope.supplierId, hashes, this.deps.clock.now(), this.indexKey.current],
      );
    });
  }

  async remove(editor: ListEditor, { hashes, notUploadedSince }: Removal): Promise<OwnCustomerListView> {
    if ((hashes == null) === (notUploadedSince == null)) {
      throw invalid("Say what to remove in exactly one way: hashes, or notUploadedSince.", {
        reason: "NOT_EXACTLY_ONE",
      });
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

  /**
   * For each person, in the given order, the suppliers that have them on their lists. Only for deciding who
   * takes a lead.
   */
  async amongThem(tx: EntityManager, people: readonly Acquaintance[]): Promise<ReadonlySet<string>[]> {
    const asked = people.flatMap(({ suppliers, contact }, person) =>
      suppliers.flatMap((supplierId) =>
        [...this.listKeysOf(supplierId).keys.values()].flatMap((listKey) =>
          hashesOf(listKey, contact).map((hash) => ({ person, supplierId, hash })),
        ),
      ),
    );
    const found = people.map(() => new Set<string>());
    const rows = await readKnown(tx, [
      asked.map(({ person }) => person),
      asked.map(({ supplierId }) => supplierId),
      asked.map(({ hash }) => hash),
    ]);
    for (const { person, supplierId } of rows) found[person]?.add(supplierId);
    return found;
  }

  /**
   * Deriving a key takes longer than everything done with it, and the same suppliers are looked up again and
   * again.
   */
  private listKeysOf(supplierId: string): KeyRing {
    const known = this.listKeys.get(supplierId);
    if (known) return known;
    if (this.listKeys.size >= listKeysKept) this.listKeys.clear();
    const keys = listKeysOf(this.indexKey, supplierId);
    this.listKeys.set(supplierId, keys);
    return keys;
  }

  /** Returns the number of deleted entries. Safe to run twice. */
  async forgetOld(tx: EntityManager): Promise<number> {
    const before = new Date(this.deps.clock.now().getTime() - keptMs);
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
      // Makes concurrent uploads of one supplier wait for each other. Otherwise they could exceed the limit
      // together.
      await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 1764600))", [supplierId]);
      await write(tx);
      const list = await this.read(tx, supplierId);
      if (list.count > limit) {
        throw new AppError(
          "CONFLICT",
          `A list holds at most ${String(limit)} entries: remove some first. Nothing of this call was kept.`,
          { reason: "TOO_MANY", field: "hashes" },
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
      key: currentKeyOf(listKeysOf(this.indexKey, supplierId)),
      count: integerOf(rows[0]?.count),
      updatedAt: rows[0]?.updated_at ?? null,
      at: this.deps.clock.now(),
    };
  }
}
