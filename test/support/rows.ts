/** Queries a database as its owner, without row-level security, to set up data and to check it afterwards. */
import { Client } from "pg";
import { systemClock } from "../../src/platform/clock";
import { transactOn } from "../../src/platform/database";
import { openDatabase } from "../../src/platform/pools";
import { entities } from "../../src/app/entities";
import { AuditService } from "../../src/access/identity/audit.service";
import { limitCheck } from "../../src/access/identity/limits.service";
import { holdings } from "../../src/app/deps/holdings";
import { KeysService } from "../../src/access/identity/keys.service";
import type { Role } from "../../src/access/identity";
import type { TestDatabase } from "./database";

export type Row = Record<string, any>;

export interface Owner {
  rows(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  end(): Promise<void>;
}

export async function asOwnerOf({ ownerUrl }: Pick<TestDatabase, "ownerUrl">): Promise<Owner> {
  const client = new Client({ connectionString: ownerUrl });
  // A failed test drops the database while this is connected, which must not end the whole run.
  client.on("error", () => undefined);
  await client.connect();
  return {
    rows: async (sql, parameters = []) => (await client.query<Row>(sql, [...parameters])).rows,
    end: () => client.end(),
  };
}

/** Inserts the first staff and form keys directly, because no key exists yet with which to create them. */
export async function firstKeys({ url }: TestDatabase, roles: readonly Role[]): Promise<string[]> {
  const source = await openDatabase({ url, entities, poolSizes: 1, connectTimeoutMs: 60_000 });
  const keys = new KeysService(new AuditService(systemClock), systemClock, limitCheck(holdings));
  try {
    return await transactOn(source)({ role: "staff" }, async (tx) => {
      const tokens: string[] = [];
      for (const role of roles) {
        const key = { role, label: "test", supplierId: null, origins: [], actor: "test" };
        tokens.push((await keys.create(tx, key)).token);
      }
      return tokens;
    });
  } finally {
    await source.destroy();
  }
}
