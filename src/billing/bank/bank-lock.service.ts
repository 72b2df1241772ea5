/** What is decided about bank lines, and about what is recorded by hand, is decided one after the other. */
import type { EntityManager } from "typeorm";
import { preparedStatement } from "../../platform/prepared-statement";

const lock = preparedStatement("bank.lock", "SELECT pg_advisory_xact_lock(hashtext('bank lines'))");

/**
 * Call it first in a transaction, before accounts and journals are locked. Held until the transaction ends, so
 * a line and a record of the same money always see each other.
 */
export const lockBank = (tx: EntityManager): Promise<unknown> => lock(tx);
