/**
 * The centroids of communes, cached in memory because every preview needs them. They are reloaded after an import,
 * without a restart.
 */
import type { EntityManager } from "typeorm";
import { CommuneCentroidEntity } from "./centroid.entity";
import type { Place } from "./place";
import type { Position } from "./position";

/** The topic that an import publishes. */
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

  /** The centroid of the arrondissement if it has one, else of the commune. Null if neither is known. */
  of({ arrondissement, inseeCode }: Pick<Place, "arrondissement" | "inseeCode">): Position | null {
    const { byCode } = this.state;
    return byCode.get(arrondissement ?? inseeCode) ?? byCode.get(inseeCode) ?? null;
  }

  /** Reads the table if it has changed since the last load. */
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
