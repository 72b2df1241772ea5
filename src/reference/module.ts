/** The reference module: places, products and forms. This data is the same for every caller. */
import type { Foundation } from "../platform/foundation";
import { partsOf, type Module, type ModuleApi } from "../platform/module";
import { CatalogueResolver, ProductResolver } from "./catalogue/catalogue.resolver";
import { buildCatalogue, type CatalogueDeps } from "./catalogue/catalogue.wiring";
import { VehicleResolver } from "./catalogue/vehicle.resolver";
import { GeoResolver } from "./geo/geo.resolver";
import { buildGeo, type GeoDeps, type GeoServices } from "./geo/geo.wiring";
import { referencePermissions } from "./permissions";

export const referenceApi: ModuleApi = {
  resolvers: [GeoResolver, CatalogueResolver, ProductResolver, VehicleResolver],
  permissions: referencePermissions,
};

export interface ReferenceServices {
  readonly geo: GeoServices;
}

export type ReferenceModule = Module<ReferenceServices>;
export type ReferenceDeps = GeoDeps & CatalogueDeps;

export function buildReferenceModule(foundation: Foundation, deps: ReferenceDeps): ReferenceModule {
  const geo = buildGeo(foundation, deps);
  const catalogue = buildCatalogue(foundation, deps);
  return { services: { geo: geo.services }, ...partsOf([geo, catalogue]) };
}
