/** The access module: authenticates callers and decides which root fields their role may use. */
import type { Foundation } from "../platform/foundation";
import { partsOf, type Module, type ModuleApi } from "../platform/module";
import { FileResolver } from "./files/file.resolver";
import { buildFiles, type FilesServices } from "./files/files.wiring";
import { AccessResolver } from "./identity/access.resolver";
import { buildIdentity, type IdentityDeps, type IdentityServices } from "./identity/identity.wiring";
import { SessionResolver } from "./identity/session.resolver";
import { buildUploads, type UploadsServices } from "./uploads/uploads.wiring";
import { accessPermissions } from "./permissions";

export const accessApi: ModuleApi = {
  resolvers: [AccessResolver, SessionResolver, FileResolver],
  permissions: accessPermissions,
};

export interface AccessServices {
  readonly identity: IdentityServices;
  readonly files: FilesServices;
  readonly uploads: UploadsServices;
}

export type AccessModule = Module<AccessServices>;
export type AccessDeps = IdentityDeps;

export function buildAccessModule(foundation: Foundation, deps: AccessDeps): AccessModule {
  const identity = buildIdentity(foundation, deps);
  const { audit, authenticate } = identity.services;
  const door = {
    audit,
    authenticate: (bearer: string, origin: string | null) => authenticate.authenticate(bearer, origin),
  };
  const files = buildFiles(foundation, door);
  const uploads = buildUploads(foundation, door);
  return {
    services: { identity: identity.services, files: files.services, uploads: uploads.services },
    ...partsOf([identity, files, uploads]),
  };
}
