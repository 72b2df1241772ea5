/** The sandbox module: lets a supplier test its client with invented leads before it goes live. */
import { GoLiveResolver } from "./supplier-sandbox/go-live.resolver";
import { SandboxResolver } from "./supplier-sandbox/sandbox.resolver";
import {
  buildSupplierSandbox,
  type SupplierSandboxDeps,
  type SupplierSandboxServices,
} from "./supplier-sandbox/supplier-sandbox.wiring";
import type { Foundation } from "../platform/foundation";
import { partsOf, type Module, type ModuleApi } from "../platform/module";
import { sandboxPermissions } from "./permissions";

export const sandboxApi: ModuleApi = {
  resolvers: [GoLiveResolver, SandboxResolver],
  permissions: sandboxPermissions,
};

export interface SandboxServices {
  readonly supplierSandbox: SupplierSandboxServices;
}

export type SandboxModule = Module<SandboxServices>;
export type SandboxDeps = SupplierSandboxDeps;

export function buildSandboxModule(foundation: Foundation, deps: SandboxDeps): SandboxModule {
  const supplierSandbox = buildSupplierSandbox(foundation, deps);
  return { services: { supplierSandbox: supplierSandbox.services }, ...partsOf([supplierSandbox]) };
}
