/** The reference module. */
import { GeoResolver } from "./geo/geo.resolver";
import { CatalogueResolver } from "./catalogue/catalogue.resolver";
import { VehicleResolver } from "./catalogue/vehicle.resolver";
import type { ModuleApi } from "../platform/module";
import { permissions } from "./permissions";

export const referenceApi: ModuleApi = {
  resolvers: [GeoResolver, CatalogueResolver, VehicleResolver],
  permissions,
};
