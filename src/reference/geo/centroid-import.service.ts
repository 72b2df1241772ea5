/** Imports centroids into the database. Importing the same file again changes nothing. */
import type { EntityManager } from "typeorm";
import type { CentroidEntry } from "./centroid-file";
import { isKnownZone } from "./communes.adapter";
import { checkIsInFrance } from "./france";
import type { Position } from "./position";

export interface ImportCounts {
  added: number;
  changed: number;
  unchanged: number;
  /** Entries without a position. */
  withoutPosition: number;
  /** Entries whose code is not a current commune; mostly former communes. */
  notOfToday: number;
}

const batchSize = 2_000;

interface Centroid {
  readonly inseeCode: string;
  readonly position: Position;
}

export class CentroidImport {
  readonly counts: ImportCounts = { added: 0, changed: 0, unchanged: 0, withoutPosition: 0, notOfToday: 0 };
  private batch = new Map<string, Centroid>();

  constructor(
    private readonly tx: EntityManager,
    private readonly source: string,
  ) {}

  async add(entries: readonly CentroidEntry[]): Promise<void> {
    for (const { inseeCode, position } of entries) {
      if (!isKnownZone({ kind: "commune", code: inseeCode })) this.counts.notOfToday += 1;
      else if (position === null) this.counts.withoutPosition += 1;
      else {
        checkIsInFrance(position, `Nothing was imported. The position of commune ${inseeCode}`);
        this.batch.set(inseeCode, { inseeCode, position });
      }
    }
    if (this.batch.size >= batchSize) await this.flush();
  }

  async flush(): Promise<void> {
    const rows = [...this.batch.values()];
    this.batch = new Map();
    if (rows.length === 0) return;
    const written = await this.write(rows);
    const added = written.filter((row) => row.is_new).length;
    this.counts.added += added;
    this.counts.changed += written.length - added;
    this.counts.unchanged += rows.length - written.length;
  }

  private async write(rows: readonly Centroid[]): Promise<{ is_new: boolean }[]> {
    return this.tx.query(
      `INSERT INTO commune_centroid AS kept (insee_code, longitude, latitude, source, imported_at)
       SELECT code, longitude, latitude, $4, present()
       FROM unnest($1::text[], $2::float8[], $3::float8[]) AS given (code, longitude, latitude)
       ON CONFLICT (insee_code) DO UPDATE
         SET longitude = excluded.longitude, latitude = excluded.latitude,
             source = excluded.source, imported_at = excluded.imported_at
         WHERE (kept.longitude, kept.latitude, kept.source)
           IS DISTINCT FROM (excluded.longitude, excluded.latitude, excluded.source)
       RETURNING (xmax = 0) AS is_new`,
      [
        rows.map(({ inseeCode }) => inseeCode),
        rows.map(({ position }) => position.longitude),
        rows.map(({ position }) => position.latitude),
        this.source,
      ],
    );
  }
}
