/**
 * Creates, limits, disables and revokes members and API keys on behalf of a principal, after checking that the
 * principal may grant the role and that the supplier is its own. Listing them is access-book.service.ts.
 */
import type { EntityManager } from "typeorm";
import type { Transact } from "../../platform/database";
import { AppError, invalid, notFound } from "../../shared/errors";
import { isId } from "../../shared/months";
import { checkVersion } from "../../shared/updates";
import type { ApiKeyEntity } from "./api-key.entity";
import { checkMayGrant, checkNewKey, checkNewMember, type KeyInput, type MemberInput } from "./check-access";
import type { OnceKey } from "./idempotency-key";
import type { IdempotencyService } from "./idempotency.service";
import type { KeysService } from "./keys.service";
import { changedLimits, limitsKeyOf, limitsOf, type LimitsUpdate } from "./limits";
import type { CheckLimits } from "./limits.service";
import type { KeyHolders } from "./key-holders.service";
import type { MembersService, MemberView } from "./members.service";
import { passwordMatches } from "./passwords.service";
import type { Principal } from "./principal";
import { scopeOf } from "./scope";

interface MemberLimitsChange extends LimitsUpdate {
  readonly ifVersion?: number | null;
}

interface AccessServices {
  readonly keys: KeysService;
  readonly members: MembersService;
  readonly idempotency: IdempotencyService;
  /** Called after the commit that revoked a key. */
  readonly keyRevoked?: () => void;
  readonly holders: KeyHolders;
  readonly checkLimits: CheckLimits;
}

export class AccessService {
  constructor(
    private readonly transact: Transact,
    private readonly services: AccessServices,
  ) {}

  /** The token is null when the request repeats an earlier one, because a secret is shown only once. */
  async createKey(
    by: Principal,
    input: KeyInput,
    idempotencyKey?: string | null,
  ): Promise<{ key: ApiKeyEntity; token: string | null }> {
    const { supplierId, limits, origins } = checkNewKey(by, input);
    const { keys, idempotency, holders, checkLimits } = this.services;
    if (limits !== null) await this.transact(scopeOf(by), (tx) => checkLimits(tx, supplierId, limits));
    const holder = await holders.of(by, input, supplierId);
    return this.transact(scopeOf(by), async (tx) => {
      let token: string | null = null;
      const request = onceKey(by, {
        operation: "createApiKey",
        key: idempotencyKey,
        input: { ...input, supplierId, origins },
      });
      const { id } = await idempotency.once(tx, request, async () => {
        const created = await keys.create(tx, { ...input, ...holder, origins, limits, actor: by.consumer });
        await holders.recordWaiver(tx, by, { ...holder, keyId: created.id });
        token = created.token;
        return { id: created.id };
      });
      return { key: await found(keys.find(tx, id), "API key"), token };
    });
  }

  async revokeKey(by: Principal, id: string): Promise<ApiKeyEntity> {
    const { keys, keyRevoked } = this.services;
    const revoked = await this.transact(scopeOf(by), async (tx) => {
      const key = await found(isId(id) ? keys.find(tx, id) : null, "API key");
      checkMayGrant(by, key.role, "KEY");
      return keys.revoke(tx, id, by.consumer);
    });
    keyRevoked?.();
    return revoked;
  }

  async createMember(by: Principal, input: MemberInput, idempotencyKey?: string | null): Promise<MemberView> {
    const { supplierId, limits } = checkNewMember(by, input);
    const { members, idempotency } = this.services;
    const { password, ...request } = input;
    const passwordHash = await members.hashPassword(password);
    const { member, isNew } = await this.transact(scopeOf(by), async (tx) => {
      let made = false;
      // The password is not part of the digest: the digest is fast to compute, so it would be easier to brute-force
      // than the password hash.
      const key = onceKey(by, {
        operation: "createMember",
        key: idempotencyKey,
        input: { ...request, supplierId },
      });
      const { id } = await idempotency.once(tx, key, async () => {
        made = true;
        const member = { ...request, supplierId, passwordHash, limits, actor: by.consumer };
        return { id: await members.create(tx, member) };
      });
      return { member: await found(members.find(tx, id), "member"), isNew: made };
    });
    if (!isNew && !(await this.hasPassword(member.id, password))) {
      throw new AppError(
        "CONFLICT",
        "This idempotencyKey was used with another password. Choose a new key.",
        {
          reason: "KEY_REUSED",
          field: "idempotencyKey",
        },
      );
    }
    return members.viewOf(member);
  }

  /** Only the gate may read the hash of a password. */
  private async hasPassword(memberId: string, password: string): Promise<boolean> {
    const { members } = this.services;
    const hash = await this.transact({ role: "gate" }, (tx) => members.passwordHashOf(tx, memberId));
    return passwordMatches(hash, password);
  }

  async disableMember(by: Principal, id: string): Promise<MemberView> {
    if (by.consumer === `member:${id}`)
      throw invalid("You cannot disable yourself. Ask another administrator.", {
        reason: "NOT_ALLOWED",
        field: "id",
      });
    const { members } = this.services;
    return this.transact(scopeOf(by), async (tx) => {
      const member = await found(isId(id) ? members.find(tx, id) : null, "member");
      checkMayGrant(by, member.role, "MEMBER");
      return members.viewOf(await members.disable(tx, id, by.consumer));
    });
  }

  /** A list that is absent keeps its value, and null removes it. The version is compared under the row's lock. */
  async limitMember(
    by: Principal,
    id: string,
    { ifVersion, ...update }: MemberLimitsChange,
  ): Promise<MemberView> {
    const { members } = this.services;
    return this.transact(scopeOf(by), async (tx) => {
      const member = await found(isId(id) ? members.hold(tx, id) : null, "member");
      checkMayGrant(by, member.role, "MEMBER");
      checkVersion(member.version, ifVersion);
      const current = limitsOf(member);
      const limits = changedLimits(member.role, current, update);
      // Without a change there is nothing to audit, and the member's sockets stay open.
      if (limitsKeyOf({ limits }) === limitsKeyOf({ limits: current })) return members.viewOf(member);
      return members.viewOf(await members.limit(tx, member, { limits, actor: by.consumer }));
    });
  }

  /** The display name: a member's name or a key's label; null for the person behind a lead. */
  async nameOf(who: Principal): Promise<string | null> {
    if (who.kind === "PERSON") return null;
    // Row-level security hides all keys and members from limited principals, even their own, so this reads as the gate.
    return this.transact({ role: "gate" }, (tx) => this.readName(tx, who));
  }

  private async readName(tx: EntityManager, who: Principal): Promise<string | null> {
    const { keys, members } = this.services;
    if (who.kind === "KEY") return (await keys.find(tx, who.id))?.label ?? null;
    const member = await members.find(tx, who.consumer.slice("member:".length));
    return member && members.viewOf(member).identity.name;
  }
}

const onceKey = (by: Principal, request: Omit<OnceKey, "principal" | "supplierId">): OnceKey => ({
  ...request,
  principal: by.consumer,
  supplierId: by.supplierId,
});

async function found<T>(search: Promise<T | null> | null, what: string): Promise<T> {
  const row = await search;
  if (row === null) throw notFound(what);
  return row;
}
