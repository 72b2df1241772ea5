/**
 * Where communes are, held in memory: every preview asks. Looked up again when an import says that
 * something changed; a restart is not needed.
 */
import type { EntityManager } from "typeorm";
import { CommuneCentroidEntity } from "./centroid.entity";
import type { Place } from "./place";
import type { Position } from "./position";

/** Published by whoever imports. */
export const centroidsTopic = "centroids";

interface State {
  readonly mark: string;
  readonly byCode: ReadonlyMap<string, Position>;
}

export class Centroids {
  private state: State = { mark: "", byCode: new Map() };

  get count(): number {
    return this.state.byCode.size;
  }

  /** Of its arrondissement, if one is named and known; else of its commune; null if neither is. */
  of({ arrondissement, inseeCode }: Pick<Place, "arrondissement" | "inseeCode">): Position | null {
    const { byCode } = this.state;
    return byCode.get(arrondissement ?? inseeCode) ?? byCode.get(inseeCode) ?? null;
  }

  /** Reads the table if it is not what is held already. */
  async load(tx: EntityManager): Promise<void> {
    const marks: { mark: string }[] = await tx.query(
      "SELECT count(*) || ' ' || coalesce(max(imported_at)::text, '') AS mark FROM commune_centroid",
    );
    const mark = marks[0]?.mark ?? "";
    if (mark === this.state.mark) return;
    const rows = await tx.find(CommuneCentroidEntity);
    const byCode = new Map(
      rows.map(({ inseeCode, longitude, latitude }) => [inseeCode, { longitude, latitude }]),
    );
    this.state = { mark, byCode };
  }
}
