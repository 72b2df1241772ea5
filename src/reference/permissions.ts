/** Who may use the root fields of the reference module. */
import { roleSets, type Permissions } from "../access/identity";

const { formReaders } = roleSets;

export const referencePermissions: Permissions = {
  // geo
  communes: formReaders,
  // catalogue
  products: formReaders,
  form: formReaders,
  vehicleMakes: formReaders,
  vehicleModels: formReaders,
};
