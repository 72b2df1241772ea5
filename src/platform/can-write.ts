/** Tries to write to the database. */
import type { Transact } from "./database";

/**
 * Whether a transaction can write and commit, and whether the disk has room. The sort does not fit into its memory, so
 * it needs a new file; the row could be written into free space even on a full disk.
 */
export async function canWrite(transact: Transact): Promise<boolean> {
  try {
    await transact({ role: "worker" }, async (tx) => {
      await tx.query("SET LOCAL work_mem = '64kB'");
      await tx.query(
        "SELECT count(*) FROM (SELECT repeat('x', 100) || n AS line FROM generate_series(1, 3000) n ORDER BY 1 OFFSET 1) sorted",
      );
      await tx.query("UPDATE installation SET key_check = key_check");
    });
    return true;
  } catch {
    return false;
  }
}
