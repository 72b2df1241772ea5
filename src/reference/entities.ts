/** The tables of the reference module that TypeORM reads or writes. */
import { CommuneCentroidEntity } from "./geo/centroid.entity";
import { FormVersionEntity } from "./catalogue/form-version.entity";

export const entities = [CommuneCentroidEntity, FormVersionEntity];
