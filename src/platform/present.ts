/**
 * The present by the database's clock, for what several processes compare. SQL writes `present()`, a function of the
 * migrations, where it would otherwise write now(): a test's clock moves it (see database.ts).
 */
import type { EntityManager } from "typeorm";
import { systemClock, type Clock } from "./clock";
import type { Transact } from "./database";
import { preparedStatement } from "./prepared-statement";

/** When the database began to work on this statement. Behind a lock, that is after the lock was given. */
export async function presentOf(tx: EntityManager): Promise<Date> {
  const [row] = await read(tx);
  if (!row) throw new Error("The database gave no present.");
  return row.present;
}

const read = preparedStatement<{ readonly present: Date }>("present", "SELECT present()");

/** Production runs on real time: throws when it is given another clock, or when a setting moves `present()`. */
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
