/** The sandbox module: lets a supplier test its client with invented leads before it goes live. */
import { SandboxResolver } from "./supplier-sandbox/sandbox.resolver";
import { buildTwin, type TwinDeps, type TwinServices } from "./supplier-sandbox/supplier-sandbox.wiring";
import type { Foundation } from "../platform/foundation";
import { partsOf, type Module, type ModuleApi } from "../platform/module";
import { permissions } from "./permissions";

export const sandboxApi: ModuleApi = {
  resolvers: [SandboxResolver],
  permissions,
};

export interface SandboxServices {
  readonly twin: TwinServices;
}

export type SandboxModule = Module<SandboxServices>;
export type SandboxDeps = TwinDeps;

export function buildSandboxModule(foundation: Foundation, deps: SandboxDeps): SandboxModule {
  const twin = buildTwin(foundation, deps);
  return { services: { twin: twin.services }, ...partsOf([twin]) };
}
