/**
 * Finds the migrations in their folder: dist/migrations for the compiled program, migrations for Jest.
 * Adding a migration means adding a file; there is no list to keep.
 */
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { MigrationInterface } from "typeorm";

export type MigrationClass = new () => MigrationInterface;

const fileName = /^\d{13}-[a-z0-9-]+\.[jt]s$/;
const load = createRequire(__filename);

/** Every migration of the folder, oldest first. TypeORM reads the time of a migration from its class name. */
export function migrationsIn(folder: string): MigrationClass[] {
  const files = readdirSync(folder).filter((name) => fileName.test(name));
  return files.sort().map((file) => migrationOf(path.join(folder, file)));
}

function migrationOf(file: string): MigrationClass {
  const timestamp = path.basename(file).slice(0, 13);
  const exported = Object.values(load(file) as Record<string, MigrationClass>);
  const [migration] = exported;
  if (migration === undefined || exported.length > 1 || !migration.name.endsWith(timestamp)) {
    throw new Error(`${file} must export one class, and its name must end with ${timestamp}.`);
  }
  return migration;
}

/** From src/platform as from dist/src/platform, the folder is two levels up. */
export const migrations = migrationsIn(path.join(__dirname, "../../migrations"));
