/**
 * Who is asking? A bearer token becomes a principal, or nobody. What a principal may do is
 * permissions.ts; how a person gets a session is sign-in.service.ts.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { Gather } from "../../platform/gather";
import { AppError } from "../../shared/errors";
import { BriefMemory } from "./brief-memory.service";
import { limitsKeyOf, limitsOf } from "./limits";
import type { Limits, Principal, Role } from "./principal";
import { hashOf } from "./secret-tokens.service";
import { tokenKindOf } from "./tokens";

const together = { most: 100, atOnce: 4 };

export interface AuthenticateOptions {
  /** The person behind a lead, by the token of their personal link. */
  readonly personOf: (token: string) => Promise<Principal | null>;
  readonly clock: Clock;
  /** Milliseconds that never go back, for how long what was read is remembered (brief-memory.service.ts). */
  readonly steadyClock?: () => number;
  /** Whether a form key without origins opens the API to pages of any: for the demo only. */
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
  private readonly gather = new Gather((tokens: readonly string[]) => this.recognise(tokens), together);
  /** Only of form sites: whoever may see a supplier's or a person's data is looked up anew. */
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

  /** Those of the principals that may go on: their key or session is in force, and they may still see the same. */
  async stillValid(principals: readonly Principal[]): Promise<ReadonlySet<Principal>> {
    const idsOf = (kind: Principal["kind"]): string[] =>
      principals.filter((principal) => principal.kind === kind).map(({ id }) => id);
    const [keys, sessions] = [idsOf("KEY"), idsOf("SESSION")];
    const valid = await this.transact({ role: "gate" }, async (tx) => [
      ...(keys.length > 0 ? await keysInForce(tx, keys) : []),
      ...(sessions.length > 0 ? await sessionsInForce(tx, sessions, this.clock.now()) : []),
    ]);
    const inForce = new Map(valid.map((row) => [row.id, limitsKeyOf({ limits: limitsIn(row) })]));
    const goesOn = (one: Principal): boolean => inForce.get(one.id) === limitsKeyOf(one);
    // A personal link has no open sockets to close; each of its requests is checked for itself.
    return new Set(principals.filter((one) => one.kind === "PERSON" || goesOn(one)));
  }

  private async principalOf(token: string): Promise<Principal | null> {
    const kind = tokenKindOf(token);
    if (kind === null) return null;
    if (kind === "PERSON") return this.options.personOf(token);
    if (kind === "SESSION") return this.gather.ask(token);
    return this.keys.of(hashOf(token).toString("base64"), () => this.gather.ask(token));
  }

  /** Call after the commit that revoked a key: this process lets it in no more. Others follow within a second. */
  keyRevoked(): void {
    this.keys.forget();
    this.origins.forget();
  }

  /** Each token once, all in one transaction: after a restart thousands come within the same second. */
  private async recognise(tokens: readonly string[]): Promise<(Principal | null)[]> {
    const known = new Map<string, Principal | null>();
    await this.transact({ role: "gate" }, async (tx) => {
      for (const token of new Set(tokens)) known.set(token, await this.lookUp(tx, token));
    });
    return tokens.map((token) => known.get(token) ?? null);
  }

  private lookUp(tx: EntityManager, token: string): Promise<Principal | null> {
    const hash = hashOf(token);
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
