/** The access module. */
import { AccessResolver } from "./identity/access.resolver";
import { SessionResolver } from "./identity/session.resolver";
import type { ModuleApi } from "../platform/module";
import { permissions } from "./permissions";

export const accessApi: ModuleApi = {
  resolvers: [AccessResolver, SessionResolver],
  permissions,
};
