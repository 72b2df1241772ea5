/**
 * Decides whether a caller may download a file: its credential, the permission of the root field the file belongs
 * to, and the rows that its scope can see. What is downloaded is recorded in the audit log before it is sent.
 */
import type { Transact } from "../../platform/database";
import type { DownloadableFile, FileKind } from "../../platform/downloads/file-kind";
import { readFileId } from "../../platform/downloads/file-id";
import { mayUse, type Permissions } from "../../platform/graphql/permissions";
import { notFound } from "../../shared/errors";
import { scopeOf, type AuditService, type Principal } from "../identity";

export interface Granted {
  readonly id: string;
  readonly by: Principal;
  readonly file: DownloadableFile;
}

export interface FilesServed {
  readonly kinds: readonly FileKind[];
  readonly permissions: Permissions;
}

export class Downloads {
  private readonly kinds: ReadonlyMap<string, FileKind>;

  constructor(
    private readonly deps: { readonly transact: Transact; readonly audit: AuditService },
    private readonly served: FilesServed,
  ) {
    this.kinds = new Map(served.kinds.map((kind) => [kind.kind, kind]));
  }

  /** Throws UNAUTHENTICATED, FORBIDDEN or NOT_FOUND. */
  async find(principal: Principal | null, id: string): Promise<Granted> {
    // Asked first, so that without a credential every address gives the same answer.
    if (principal === null) mayUse([], { principal });
    const { kind: name, keys } = readFileId(id) ?? { kind: "", keys: [] };
    const kind = this.kinds.get(name);
    if (!kind || !principal) throw notFound("file");
    mayUse(this.served.permissions[kind.rootField] ?? [], { principal });
    return { id, by: principal, file: await kind.find(scopeOf(principal), keys) };
  }

  async record({ id, by, file: { kind, supplierId, name } }: Granted): Promise<void> {
    const act = { actor: by.consumer, action: "FILE_DOWNLOADED", subject: `file:${id}`, supplierId };
    await this.deps.transact(scopeOf(by), (tx) =>
      this.deps.audit.record(tx, { ...act, detail: { kind, name } }),
    );
  }
}
