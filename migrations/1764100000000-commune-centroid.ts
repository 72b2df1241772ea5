import type { MigrationInterface, QueryRunner } from "typeorm";

const everyRole = ["gate", "supplier", "person", "staff", "worker"]
  .map((role) => `caratlas_${role}`)
  .join(", ");

/** Where communes are, as imported: nobody's data, so it is read by everybody and under no row policy. */
export class CommuneCentroid1764100000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE commune_centroid (
        insee_code text PRIMARY KEY,
        longitude double precision NOT NULL CHECK (longitude BETWEEN -180 AND 180),
        latitude double precision NOT NULL CHECK (latitude BETWEEN -90 AND 90),
        source text NOT NULL,
        imported_at timestamptz NOT NULL
      );
      GRANT SELECT ON commune_centroid TO ${everyRole};
      GRANT INSERT, UPDATE ON commune_centroid TO caratlas_staff, caratlas_worker;`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DROP TABLE commune_centroid");
  }
}
