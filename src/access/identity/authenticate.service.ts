/**
 * Turns a bearer token into a principal, or refuses it. What a principal may do is decided by the permissions.ts of
 * each module; how a person gets a session is sign-in.service.ts.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { Batcher } from "../../platform/batcher";
import { AppError } from "../../shared/errors";
import { BriefMemory } from "./brief-memory.service";
import { limitsKeyOf, limitsOf } from "./limits";
import type { Limits, Principal, Role } from "./principal";
import { tokenHashOf } from "./secret-tokens.service";
import { tokenKindOf } from "./tokens";

const batching = { maxBatch: 100, concurrency: 4 };

export interface AuthenticateOptions {
  /** Finds the person behind a lead by the token of their personal link. */
  readonly personOf: (token: string) => Promise<Principal | null>;
  readonly clock: Clock;
  /** A monotonic clock in milliseconds, for the age of cached lookups (brief-memory.service.ts). */
  readonly steadyClock?: () => number;
  /** Whether a form key without origins allows pages of any origin. For the demo only. */
  readonly anyOrigin?: boolean;
}

interface LimitRow {
  readonly id: string;
  readonly limit_sites: string[] | null;
  readonly limit_campaigns: string[] | null;
}

interface KeyRow extends LimitRow {
  readonly role: Role;
  readonly supplier_id: string | null;
  readonly origins: string[];
  readonly sandbox: boolean;
}

interface SessionRow extends LimitRow {
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
  private readonly clock: Clock;
  private readonly batcher = new Batcher((tokens: readonly string[]) => this.recognise(tokens), batching);
  /** Only form keys are cached; principals that may see data of a supplier or a person are looked up each time. */
  private readonly keys: BriefMemory<Principal | null>;
  private readonly origins: BriefMemory<boolean>;

  constructor(
    private readonly transact: Transact,
    private readonly options: AuthenticateOptions,
  ) {
    this.clock = options.clock;
    const now = options.steadyClock;
    this.keys = new BriefMemory({ keeps: (principal) => principal?.role === "FORM", now });
    this.origins = new BriefMemory({ keeps: (isAllowed) => isAllowed, now });
  }

  /** `origin` is the web origin of the request, or null when no browser sent one. */
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

  /** Whether browsers on this origin may call the API: at least one valid form key must allow the origin. */
  async originAllowed(origin: string): Promise<boolean> {
    // Sandboxed frames and local files send the origin "null", which identifies no site.
    if (origin === "null") return false;
    return this.origins.of(origin, () => this.someKeyAllows(origin));
  }

  private someKeyAllows(origin: string): Promise<boolean> {
    return this.transact({ role: "gate" }, async (tx) => {
      const rows: unknown[] = await tx.query(
        `SELECT true FROM api_key
         WHERE role = 'FORM' AND revoked_at IS NULL AND ($2 AND origins = '{}' OR $1 = ANY (origins)) LIMIT 1`,
        [origin, this.options.anyOrigin ?? false],
      );
      return rows.length > 0;
    });
  }

  /** Returns the principals whose key or session is still valid and whose limits have not changed. */
  async stillValid(principals: readonly Principal[]): Promise<ReadonlySet<Principal>> {
    const idsOf = (kind: Principal["kind"]): string[] =>
      principals.filter((principal) => principal.kind === kind).map(({ id }) => id);
    const [keys, sessions] = [idsOf("KEY"), idsOf("SESSION")];
    const valid = await this.transact({ role: "gate" }, async (tx) => [
      ...(keys.length > 0 ? await keysInForce(tx, keys) : []),
      ...(sessions.length > 0 ? await sessionsInForce(tx, sessions, this.clock.now()) : []),
    ]);
    const inForce = new Map(valid.map((row) => [row.id, limitsKeyOf({ limits: limitsIn(row) })]));
    const isUnchanged = (one: Principal): boolean => inForce.get(one.id) === limitsKeyOf(one);
    // A personal link has no open sockets to close, and each of its requests is checked separately.
    return new Set(principals.filter((one) => one.kind === "PERSON" || isUnchanged(one)));
  }

  private async principalOf(token: string): Promise<Principal | null> {
    const kind = tokenKindOf(token);
    if (kind === null) return null;
    if (kind === "PERSON") return this.options.personOf(token);
    if (kind === "SESSION") return this.batcher.request(token);
    return this.keys.of(tokenHashOf(token).toString("base64"), () => this.batcher.request(token));
  }

  /** Call after the commit that revoked a key. This process refuses the key at once, others within a second. */
  keyRevoked(): void {
    this.keys.forget();
    this.origins.forget();
  }

  /** Looks up distinct tokens in one transaction, because thousands arrive within a second after a restart. */
  private async recognise(tokens: readonly string[]): Promise<(Principal | null)[]> {
    const known = new Map<string, Principal | null>();
    await this.transact({ role: "gate" }, async (tx) => {
      for (const token of new Set(tokens)) known.set(token, await this.lookUp(tx, token));
    });
    return tokens.map((token) => known.get(token) ?? null);
  }

  private lookUp(tx: EntityManager, token: string): Promise<Principal | null> {
    const hash = tokenHashOf(token);
    return tokenKindOf(token) === "KEY" ? keyOf(tx, hash) : sessionOf(tx, hash, this.clock.now());
  }
}

async function keyOf(tx: EntityManager, hash: Buffer): Promise<Principal | null> {
  const rows: KeyRow[] = await tx.query(
    "SELECT id, role, supplier_id, origins, sandbox, limit_sites, limit_campaigns FROM api_key WHERE token_hash = $1 AND revoked_at IS NULL",
    [hash],
  );
  const [key] = rows;
  if (!key) return null;
  const { id, role, supplier_id: supplierId, origins, sandbox } = key;
  const facts = { role, supplierId, limits: limitsIn(key), origins, ...(sandbox && { sandbox }) };
  return { kind: "KEY", id, consumer: `key:${id}`, ...facts };
}

async function sessionOf(tx: EntityManager, hash: Buffer, at: Date): Promise<Principal | null> {
  const rows: SessionRow[] = await tx.query(
    `SELECT session.id, member.id AS member_id, member.role, member.supplier_id, limit_sites, limit_campaigns
     FROM session JOIN member ON member.id = session.member_id
     WHERE token_hash = $1 AND revoked_at IS NULL AND expires_at > $2 AND disabled_at IS NULL`,
    [hash, at],
  );
  const [session] = rows;
  if (!session) return null;
  const { id, member_id: memberId, role, supplier_id: supplierId } = session;
  const consumer = `member:${memberId}`;
  return { kind: "SESSION", id, consumer, role, supplierId, limits: limitsIn(session), origins: [] };
}

const limitsIn = ({ limit_sites: limitSites, limit_campaigns: limitCampaigns }: LimitRow): Limits | null =>
  limitsOf({ limitSites, limitCampaigns });

async function keysInForce(tx: EntityManager, ids: readonly string[]): Promise<LimitRow[]> {
  return tx.query(
    "SELECT id, limit_sites, limit_campaigns FROM api_key WHERE id = ANY ($1) AND revoked_at IS NULL",
    [ids],
  );
}

async function sessionsInForce(tx: EntityManager, ids: readonly string[], at: Date): Promise<LimitRow[]> {
  return tx.query(
    `SELECT session.id, limit_sites, limit_campaigns FROM session JOIN member ON member.id = session.member_id
     WHERE session.id = ANY ($1) AND revoked_at IS NULL AND expires_at > $2 AND disabled_at IS NULL`,
    [ids, at],
  );
}
