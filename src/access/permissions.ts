/** Who may use the root fields of the access module. */
import { roleSets, type RolePermissions } from "./identity";

const { form, consumer, supplier, staff, granters } = roleSets;

export const accessPermissions: RolePermissions = {
  // identity
  apiKeys: granters,
  members: granters,
  createMember: granters,
  disableMember: granters,
  limitMember: granters,
  createApiKey: granters,
  revokeApiKey: granters,
  signIn: "PUBLIC",
  signOut: [...supplier, ...staff],
  viewer: [...form, ...consumer, ...supplier, ...staff],
};
