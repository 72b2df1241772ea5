/**
 * Who is asking? A bearer token becomes a principal, or nobody. What a principal may do is
 * permissions.ts; how a person gets a session is sign-in.service.ts.
 */
import type { EntityManager } from "typeorm";
import type { Transact } from "../platform/database";
import { AppError } from "../shared/errors";
import type { Principal, Role } from "./principal";
import { hashOf } from "./secret-tokens.service";
import { tokenKindOf } from "./tokens";

export interface AuthenticateOptions {
  /** The person behind a lead, by the token of their personal link. */
  readonly personOf: (token: string) => Promise<Principal | null>;
  readonly clock?: () => Date;
  /** Whether a form key without origins opens the API to pages of any: for the demo only. */
  readonly anyOrigin?: boolean;
}

interface KeyRow {
  readonly id: string;
  readonly role: Role;
  readonly supplier_id: string | null;
  readonly origins: string[];
  readonly sandbox: boolean;
}

interface SessionRow {
  readonly id: string;
  readonly member_id: string;
  readonly role: Role;
  readonly supplier_id: string | null;
}

const unauthenticated = (): AppError =>
  new AppError(
    "UNAUTHENTICATED",
    "This bearer token is unknown, revoked or expired. Sign in again, or use a valid key.",
  );

export class AuthenticateService {
  private readonly clock: () => Date;

  constructor(
    private readonly transact: Transact,
    private readonly options: AuthenticateOptions,
  ) {
    this.clock = options.clock ?? (() => new Date());
  }

  /** `origin` is the web origin the request came from, if a browser sent it. */
  async authenticate(token: string, origin: string | null): Promise<Principal> {
    const principal = await this.principalOf(token);
    if (!principal) throw unauthenticated();
    if (origin !== null && principal.origins.length > 0 && !principal.origins.includes(origin)) {
      throw new AppError(
        "FORBIDDEN",
        "This key may not be used from this web origin. Add the origin to a new key.",
      );
    }
    return principal;
  }

  /** Whether a browser on this origin may call at all: some form key that is in force allows it. */
  async originAllowed(origin: string): Promise<boolean> {
    // What a sandboxed frame or a local file sends is the origin of nobody.
    if (origin === "null") return false;
    return this.transact({ role: "gate" }, async (tx) => {
      const rows: unknown[] = await tx.query(
        `SELECT true FROM api_key
         WHERE role = 'FORM' AND revoked_at IS NULL AND ($2 AND origins = '{}' OR $1 = ANY (origins)) LIMIT 1`,
        [origin, this.options.anyOrigin ?? false],
      );
      return rows.length > 0;
    });
  }

  /** Those of the principals that may go on: their key or session is still in force. */
  async stillValid(principals: readonly Principal[]): Promise<ReadonlySet<Principal>> {
    const idsOf = (kind: Principal["kind"]): string[] =>
      principals.filter((principal) => principal.kind === kind).map(({ id }) => id);
    const [keys, sessions] = [idsOf("KEY"), idsOf("SESSION")];
    const valid = await this.transact({ role: "gate" }, async (tx) => [
      ...(keys.length > 0 ? await keysInForce(tx, keys) : []),
      ...(sessions.length > 0 ? await sessionsInForce(tx, sessions, this.clock()) : []),
    ]);
    const inForce = new Set(valid);
    // A personal link has no open sockets to close; each of its requests is checked for itself.
    return new Set(principals.filter(({ kind, id }) => kind === "PERSON" || inForce.has(id)));
  }

  private async principalOf(token: string): Promise<Principal | null> {
    const kind = tokenKindOf(token);
    if (kind === null) return null;
    if (kind === "PERSON") return this.options.personOf(token);
    return this.transact({ role: "gate" }, (tx) =>
      kind === "KEY" ? keyOf(tx, hashOf(token)) : sessionOf(tx, hashOf(token), this.clock()),
    );
  }
}

async function keyOf(tx: EntityManager, hash: Buffer): Promise<Principal | null> {
  const rows: KeyRow[] = await tx.query(
    "SELECT id, role, supplier_id, origins, sandbox FROM api_key WHERE token_hash = $1 AND revoked_at IS NULL",
    [hash],
  );
  const [key] = rows;
  if (!key) return null;
  const { id, role, supplier_id: supplierId, origins, sandbox } = key;
  return { kind: "KEY", id, consumer: `key:${id}`, role, supplierId, origins, ...(sandbox && { sandbox }) };
}

async function sessionOf(tx: EntityManager, hash: Buffer, at: Date): Promise<Principal | null> {
  const rows: SessionRow[] = await tx.query(
    `SELECT session.id, member.id AS member_id, member.role, member.supplier_id
     FROM session JOIN member ON member.id = session.member_id
     WHERE token_hash = $1 AND revoked_at IS NULL AND expires_at > $2 AND disabled_at IS NULL`,
    [hash, at],
  );
  const [session] = rows;
  if (!session) return null;
  const { id, member_id: memberId, role, supplier_id: supplierId } = session;
  return { kind: "SESSION", id, consumer: `member:${memberId}`, role, supplierId, origins: [] };
}

async function keysInForce(tx: EntityManager, ids: readonly string[]): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    "SELECT id FROM api_key WHERE id = ANY ($1) AND revoked_at IS NULL",
    [ids],
  );
  return rows.map(({ id }) => id);
}

async function sessionsInForce(tx: EntityManager, ids: readonly string[], at: Date): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    `SELECT session.id FROM session JOIN member ON member.id = session.member_id
     WHERE session.id = ANY ($1) AND revoked_at IS NULL AND expires_at > $2 AND disabled_at IS NULL`,
    [ids, at],
  );
  return rows.map(({ id }) => id);
}
