import { Column, Entity, PrimaryColumn } from "typeorm";

/** The middle of a commune, or of an arrondissement, as an imported file has it. */
@Entity("commune_centroid")
export class CommuneCentroidEntity {
  @PrimaryColumn("text") inseeCode: string;
  @Column("double precision") longitude: number;
  @Column("double precision") latitude: number;
  @Column("text") source: string;
  @Column("timestamptz") importedAt: Date;
}
