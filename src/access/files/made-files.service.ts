/** Size and digest of each file when it was last made. The content itself is not kept. */
import type { Scope, Transact } from "../../platform/database";
import type { Clock } from "../../platform/clock";
import type { MadeContent } from "../../platform/downloads/send-file";
import { integerOf } from "../../shared/integer";
import type { MadeFile } from "./made-file";

export class MadeFiles {
  constructor(
    private readonly transact: Transact,
    private readonly clock: Clock,
  ) {}

  /** In the order of the ids; null for what was never made. */
  byIds(scope: Scope, ids: readonly string[]): Promise<(MadeFile | null)[]> {
    return this.transact(scope, async (tx) => {
      const rows: { id: string; bytes: string; sha256: Buffer }[] = await tx.query(
        "SELECT id, bytes, sha256 FROM made_file WHERE id = ANY ($1)",
        [ids],
      );
      const byId = new Map(
        rows.map(({ id, bytes, sha256 }) => [
          id,
          { bytes: integerOf(bytes), sha256: sha256.toString("hex") },
        ]),
      );
      return ids.map((id) => byId.get(id) ?? null);
    });
  }

  record(
    scope: Scope,
    { id, supplierId }: { readonly id: string; readonly supplierId: string | null },
    { bytes, sha256 }: MadeContent,
  ): Promise<void> {
    return this.transact(scope, async (tx) => {
      await tx.query(
        `INSERT INTO made_file (id, supplier_id, bytes, sha256, made_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE SET bytes = excluded.bytes, sha256 = excluded.sha256, made_at = excluded.made_at`,
        [id, supplierId, bytes, sha256, this.clock.now()],
      );
    });
  }
}
