/** The access module: authenticates callers and decides which root fields their role may use. */
import type { Foundation } from "../platform/foundation";
import { partsOf, type Module, type ModuleApi } from "../platform/module";
import { FileResolver } from "./files/file.resolver";
import { buildFiles, type FilesServices } from "./files/files.wiring";
import { AccessResolver } from "./identity/access.resolver";
import { buildIdentity, type IdentityDeps, type IdentityServices } from "./identity/identity.wiring";
import { SessionResolver } from "./identity/session.resolver";
import { accessPermissions } from "./permissions";

export const accessApi: ModuleApi = {
  resolvers: [AccessResolver, SessionResolver, FileResolver],
  permissions: accessPermissions,
};

export interface AccessServices {
  readonly identity: IdentityServices;
  readonly files: FilesServices;
}

export type AccessModule = Module<AccessServices>;
export type AccessDeps = IdentityDeps;

export function buildAccessModule(foundation: Foundation, deps: AccessDeps): AccessModule {
  const identity = buildIdentity(foundation, deps);
  const { audit, authenticate } = identity.services;
  const files = buildFiles(foundation, {
    audit,
    authenticate: (bearer, origin) => authenticate.authenticate(bearer, origin),
  });
  return {
    services: { identity: identity.services, files: files.services },
    ...partsOf([identity, files]),
  };
}
