/** The sandbox module. */
import { SandboxResolver } from "./twin/sandbox.resolver";
import type { ModuleApi } from "../platform/module";
import { permissions } from "./permissions";

export const sandboxApi: ModuleApi = {
  resolvers: [SandboxResolver],
  permissions,
};
