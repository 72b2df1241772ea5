/**
 * The present by the database's clock, for times that several processes compare. SQL uses `present()`, a function
 * from the migrations, instead of now(), so that a test's clock can move it (see database.ts).
 */
import type { EntityManager } from "typeorm";
import { systemClock, type Clock } from "./clock";
import type { Transact } from "./database";
import { preparedStatement } from "./prepared-statement";

/** The time at which the database started this statement. After waiting for a lock, it is later than the lock. */
export async function presentOf(tx: EntityManager): Promise<Date> {
  const [row] = await read(tx);
  if (!row) throw new Error("The database returned no present time.");
  return row.present;
}

const read = preparedStatement<{ readonly present: Date }>("present", "SELECT present()");

/** Throws when production is given another clock, or when a database setting moves `present()`. */
export async function checkRealTime(clock: Clock, transact: Transact): Promise<void> {
  if (clock !== systemClock) throw new Error("In production the clock cannot be replaced.");
  const [setting] = await transact({ role: "worker" }, (tx) => readOffset(tx));
  if (setting?.offset)
    throw new Error(
      "The setting caratlas.present_offset moves the clock of this database. Remove it from the database, the role and DATABASE_URL.",
    );
}

const readOffset = preparedStatement<{ readonly offset: string | null }>(
  "present.offset",
  `SELECT current_setting('caratlas.present_offset', true) AS "offset"`,
);
