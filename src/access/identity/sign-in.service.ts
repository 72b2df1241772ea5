/**
 * Signs a member in with e-mail address and password and opens a session. Attempts are limited for each client
 * address, for each member, and in the same way for unknown e-mail addresses, so that neither the answer nor its
 * delay reveals which e-mail addresses belong to members.
 */
import type { EntityManager } from "typeorm";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { newId } from "../../platform/ids";
import { bytesOf, type SealedValue } from "../../platform/sealed/values";
import { rateLimited } from "../../shared/errors";
import type { AuditService } from "./audit.service";
import { SessionEntity } from "./member.entity";
import { limitsOf } from "./limits";
import type { MemberVault } from "./member-vault.service";
import { passwordMatches } from "./passwords.service";
import type { Principal, Role } from "./principal";
import { tokenHashOf, newToken } from "./secret-tokens.service";
import { lockedRefusal, lockMinutes, maxFailures, wrongCredentials, type SignInOutcome } from "./sign-in";
import { sessionPrefix } from "./tokens";

export interface SignInOptions {
  readonly sessionHours: number;
  /** Attempts per minute from one client address. */
  readonly perMinute: number;
  readonly clock: Clock;
}

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  readonly clientAddress: string;
}

interface Attempt extends SealedValue {
  readonly id: string;
  readonly supplier_id: string | null;
  readonly role: Role;
  readonly password_hash: string;
  readonly disabled_at: Date | null;
  readonly limit_sites: string[] | null;
  readonly limit_campaigns: string[] | null;
}

const hourMs = 3_600_000;
const minuteMs = 60_000;

export class SignInService {
  private readonly clock: Clock;
  private readonly byAddress: RateLimiterMemory;
  /** Counts attempts for unknown e-mail addresses in memory, as the row of a member does for known ones. */
  private readonly byUnknownEmail = new RateLimiterMemory({
    points: maxFailures,
    duration: lockMinutes * 60,
    blockDuration: lockMinutes * 60,
  });

  constructor(
    private readonly transact: Transact,
    private readonly vault: MemberVault,
    private readonly audit: AuditService,
    private readonly options: SignInOptions,
  ) {
    this.clock = options.clock;
    this.byAddress = new RateLimiterMemory({ points: options.perMinute, duration: 60 });
  }

  async signIn({ email, password, clientAddress }: SignInRequest): Promise<SignInOutcome> {
    await this.admit(clientAddress);
    const attempt = await this.attempt(bytesOf(this.vault.digestsOf(email)));
    if (attempt instanceof Date) return this.refuse(lockedRefusal(attempt, this.clock.now()), null);
    const matches = await passwordMatches(attempt?.password_hash ?? null, password);
    if (!attempt || !matches || attempt.disabled_at) return this.refuse(wrongCredentials, attempt);
    return this.transact({ role: "gate" }, (tx) => this.openSession(tx, attempt));
  }

  /** Ends this session. Its token is refused and its sockets are closed from then on. */
  async signOut(principal: Principal): Promise<void> {
    await this.transact({ role: "gate" }, async (tx) => {
      await tx.update(SessionEntity, { id: principal.id }, { revokedAt: this.clock.now() });
      await this.audit.record(tx, {
        actor: principal.consumer,
        action: "SIGNED_OUT",
        subject: principal.consumer,
        supplierId: principal.supplierId,
        detail: {},
      });
    });
  }

  private async admit(clientAddress: string): Promise<void> {
    const waitMs = await spend(this.byAddress, clientAddress);
    if (waitMs === null) return;
    throw rateLimited("Too many attempts to sign in from this address.", Math.ceil(waitMs / 1000));
  }

  /** Returns the member, null for an unknown address, or the time until which attempts are locked. */
  private async attempt(digests: readonly Buffer[]): Promise<Attempt | Date | null> {
    const counted = await this.transact({ role: "gate" }, (tx) =>
      countAttempt(tx, digests, this.clock.now()),
    );
    if (counted !== null) return counted;
    const waitMs = await spend(this.byUnknownEmail, digests[0]?.toString("base64") ?? "");
    return waitMs === null ? null : new Date(this.clock.now().getTime() + waitMs);
  }

  private async refuse(refusal: SignInOutcome, member: Attempt | null): Promise<SignInOutcome> {
    await this.transact({ role: "gate" }, (tx) =>
      this.audit.record(tx, {
        actor: "anonymous",
        action: "SIGN_IN_REFUSED",
        subject: member ? `member:${member.id}` : "member:unknown",
        supplierId: member?.supplier_id ?? null,
        detail: refusal.kind === "REFUSED" ? { reason: refusal.reason } : {},
      }),
    );
    return refusal;
  }

  private async openSession(tx: EntityManager, member: Attempt): Promise<SignInOutcome> {
    const [id, token, at] = [newId(), newToken(sessionPrefix), this.clock.now()];
    const expiresAt = new Date(at.getTime() + this.options.sessionHours * hourMs);
    const supplierId = member.supplier_id;
    await tx.query("UPDATE member SET failed_sign_ins = 0, locked_until = NULL WHERE id = $1", [member.id]);
    await tx.insert(SessionEntity, {
      id,
      memberId: member.id,
      supplierId,
      tokenHash: tokenHashOf(token),
      createdAt: at,
      expiresAt,
      revokedAt: null,
    });
    const consumer = `member:${member.id}`;
    const principal: Principal = {
      kind: "SESSION",
      id,
      consumer,
      role: member.role,
      supplierId,
      limits: limitsOf({ limitSites: member.limit_sites, limitCampaigns: member.limit_campaigns }),
      origins: [],
    };
    await this.audit.record(tx, {
      actor: consumer,
      action: "SIGNED_IN",
      subject: consumer,
      supplierId,
      detail: {},
    });
    const { name } = this.vault.open(member.id, member);
    return { kind: "SIGNED_IN", token, expiresAt, principal, name };
  }
}

/**
 * Counts the attempt before the password is checked, so that of twenty concurrent attempts only five are checked.
 * Returns the member, the time until which it is locked, or null for an unknown address.
 */
async function countAttempt(
  tx: EntityManager,
  digests: readonly Buffer[],
  at: Date,
): Promise<Attempt | Date | null> {
  const lockUntil = new Date(at.getTime() + lockMinutes * minuteMs);
  const [counted]: [Attempt[], number] = await tx.query(
    `UPDATE member SET
       failed_sign_ins = CASE WHEN locked_until IS NULL THEN failed_sign_ins + 1 ELSE 1 END,
       locked_until = CASE WHEN locked_until IS NULL AND failed_sign_ins + 1 >= $3 THEN $4::timestamptz END
     WHERE email_digest = ANY ($1) AND (locked_until IS NULL OR locked_until <= $2)
     RETURNING id, supplier_id, role, password_hash, disabled_at, identity_sealed AS sealed, identity_key_id AS "keyId",
       limit_sites, limit_campaigns`,
    [digests, at, maxFailures, lockUntil],
  );
  if (counted[0]) return counted[0];
  const locked: { locked_until: Date | null }[] = await tx.query(
    "SELECT locked_until FROM member WHERE email_digest = ANY ($1)",
    [digests],
  );
  // A null means that a concurrent sign-in lifted the lock between the two statements. This attempt met the lock, so
  // it is refused, with the present as the end of the lock.
  return locked[0] ? (locked[0].locked_until ?? at) : null;
}

/** Consumes one attempt. Returns how many milliseconds to wait when none is left, otherwise null. */
async function spend(limiter: RateLimiterMemory, key: string): Promise<number | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (error) {
    if (error instanceof RateLimiterRes) return error.msBeforeNext;
    throw error;
  }
}
