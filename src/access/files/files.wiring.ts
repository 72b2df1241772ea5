/** Builds the downloads of files. Which files there are is contributed by all modules, so the route is made last. */
import type { Foundation } from "../../platform/foundation";
import type { Module, Route } from "../../platform/module";
import type { AuditService, Principal } from "../identity";
import { Downloads, type FilesServed } from "./downloads.service";
import { FileResolver } from "./file.resolver";
import { filesRoute } from "./files.route";
import { MadeFiles } from "./made-files.service";

export interface FilesServices {
  readonly routeFor: (served: FilesServed) => Route;
}

export interface FilesDeps {
  readonly audit: AuditService;
  readonly authenticate: (bearer: string, origin: string | null) => Promise<Principal>;
}

export function buildFiles(
  { transact, clock }: Foundation,
  { audit, authenticate }: FilesDeps,
): Module<FilesServices> {
  const made = new MadeFiles(transact, clock);
  return {
    services: {
      routeFor: (served) =>
        filesRoute({ downloads: new Downloads({ transact, audit }, served), made, authenticate }),
    },
    resolvers: [new FileResolver(made)],
  };
}
