/** Who may use the root fields of the sandbox module. */
import { roleSets, type RolePermissions } from "../access/identity";

const { supplier, operators } = roleSets;

export const sandboxPermissions: RolePermissions = {
  // supplier-sandbox
  goLive: [...supplier, ...operators],
  sandboxMatch: supplier,
  sandboxUpdate: supplier,
  sandboxRevoke: supplier,
  sandboxCapReached: supplier,
  sandboxReturnDecided: supplier,
  sandboxDuplicate: supplier,
};
