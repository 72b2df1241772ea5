/** The tables that TypeORM reads or writes. Entities describe columns and primary keys; migrations define the rest. */
import { entities as reference } from "../reference/entities";
import { entities as access } from "../access/entities";
import { entities as people } from "../people/entities";
import { entities as account } from "../account/entities";
import { entities as offers } from "../offers/entities";
import { entities as billing } from "../billing/entities";
import { entities as delivery } from "../delivery/entities";
import { entities as allocation } from "../allocation/entities";
import { InstallationEntity } from "../platform/installation.entity";

export const entities = [
  InstallationEntity,
  ...reference,
  ...access,
  ...people,
  ...account,
  ...offers,
  ...billing,
  ...delivery,
  ...allocation,
];
