import { Column, Entity, PrimaryColumn } from "typeorm";

/** The centroid of a commune or an arrondissement, from an imported file. */
@Entity("commune_centroid")
export class CommuneCentroidEntity {
  @PrimaryColumn("text") inseeCode: string;
  @Column("double precision") longitude: number;
  @Column("double precision") latitude: number;
  @Column("text") source: string;
  @Column("timestamptz") importedAt: Date;
}
