/** Who may use the root fields of the reference module. */
import { roleSets, type RolePermissions } from "../access/identity";

const { formReaders } = roleSets;

export const referencePermissions: RolePermissions = {
  // geo
  communes: formReaders,
  // catalogue
  products: formReaders,
  form: formReaders,
  vehicleMakes: formReaders,
  vehicleModels: formReaders,
};
