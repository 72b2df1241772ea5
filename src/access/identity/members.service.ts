/** Creates, limits and disables members, the people who sign in. Who may do that for whom is access.service.ts. */
import { IsNull, type EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import { newId } from "../../platform/ids";
import type { KeyedDigest } from "../../platform/sealed/values";
import { violationOf } from "../../platform/violations";
import { AppError, notFound } from "../../shared/errors";
import type { AuditService } from "./audit.service";
import { checkEmail, checkLine, checkPassword } from "./credentials";
import { columnsOf, limitsOf, traceOf } from "./limits";
import type { CheckLimits } from "./limits.service";
import { MemberEntity, SessionEntity } from "./member.entity";
import type { MemberIdentity, MemberVault } from "./member-vault.service";
import { hashPassword } from "./passwords.service";
import type { Limits, Role } from "./principal";

export interface NewMember {
  readonly role: Role;
  readonly supplierId: string | null;
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly limits?: Limits | null;
  /** Who creates the member, for the audit log. */
  readonly actor: string;
}

export interface MemberView {
  readonly id: string;
  readonly role: Role;
  readonly supplierId: string | null;
  readonly limits: Limits | null;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
  /** Counts the changes of the limits, from 1. */
  readonly version: number;
  readonly identity: MemberIdentity;
}

export class MembersService {
  constructor(
    private readonly vault: MemberVault,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly checkLimits: CheckLimits,
  ) {}

  /** Slow on purpose: call it before the transaction, not inside it. */
  hashPassword(password: string): Promise<string> {
    return hashPassword(checkPassword(password));
  }

  async create(tx: EntityManager, member: NewMember): Promise<string> {
    const id = newId();
    const email = checkEmail(member.email);
    const { role, supplierId, passwordHash, limits = null } = member;
    await this.checkLimits(tx, supplierId, limits);
    const identity = this.vault.seal(id, { name: checkLine("name", member.name), email });
    const row = {
      id,
      supplierId,
      role,
      identitySealed: identity.sealed,
      identityKeyId: identity.keyId,
      passwordHash,
      failedSignIns: 0,
      lockedUntil: null,
      disabledAt: null,
      version: 1,
      createdAt: this.clock.now(),
      ...columnsOf(limits),
    };
    await insert(tx, row, this.vault.digestsOf(email));
    await this.audit.record(tx, {
      actor: member.actor,
      action: "MEMBER_CREATED",
      subject: `member:${id}`,
      supplierId,
      detail: { role, ...traceOf(limits) },
    });
    return id;
  }

  /** For a transaction of the gate. */
  async passwordHashOf(tx: EntityManager, id: string): Promise<string | null> {
    const [row] = await tx.query<{ password_hash: string }[]>(
      "SELECT password_hash FROM member WHERE id = $1",
      [id],
    );
    return row?.password_hash ?? null;
  }

  /** Finds only members that the transaction may see. */
  async find(tx: EntityManager, id: string): Promise<MemberEntity | null> {
    return tx.findOneBy(MemberEntity, { id });
  }

  /** Finds the member and locks it until the end of the transaction. */
  async hold(tx: EntityManager, id: string): Promise<MemberEntity | null> {
    return tx.findOne(MemberEntity, { where: { id }, lock: { mode: "pessimistic_write" } });
  }

  /** A member as staff and the supplier's administrators may see it: without hashes. */
  viewOf(member: MemberEntity): MemberView {
    const { id, role, supplierId, createdAt, disabledAt, version } = member;
    const identity = this.vault.open(id, { sealed: member.identitySealed, keyId: member.identityKeyId });
    return { id, role, supplierId, limits: limitsOf(member), createdAt, disabledAt, version, identity };
  }

  /** Applies from the next request on. Open sockets are closed within two seconds, and clients reconnect. */
  async limit(
    tx: EntityManager,
    { id, supplierId, role, version }: MemberEntity,
    { limits, actor }: { readonly limits: Limits | null; readonly actor: string },
  ): Promise<MemberEntity> {
    await this.checkLimits(tx, supplierId, limits);
    await tx.update(MemberEntity, { id }, { ...columnsOf(limits), version: version + 1 });
    await this.audit.record(tx, {
      actor,
      action: "MEMBER_LIMITED",
      subject: `member:${id}`,
      supplierId,
      detail: { role, ...traceOf(limits) },
    });
    return tx.findOneByOrFail(MemberEntity, { id });
  }

  /** Also ends the member's sessions. Disabling a member again changes nothing and is not audited. */
  async disable(tx: EntityManager, id: string, actor: string): Promise<MemberEntity> {
    const at = this.clock.now();
    const { affected } = await tx.update(MemberEntity, { id, disabledAt: IsNull() }, { disabledAt: at });
    await tx.update(SessionEntity, { memberId: id, revokedAt: IsNull() }, { revokedAt: at });
    const member = await tx.findOneByOrFail(MemberEntity, { id });
    if (affected === 1) {
      await this.audit.record(tx, {
        actor,
        action: "MEMBER_DISABLED",
        subject: `member:${id}`,
        supplierId: member.supplierId,
        detail: { role: member.role },
      });
    }
    return member;
  }
}

type MemberRow = Omit<MemberEntity, "emailDigest" | "emailKeyId">;

/**
 * A unique constraint keeps addresses unique even among members that the transaction may not see. While there are
 * several index keys or forms of the address, the row is given the digest of each in turn, the current one last, so
 * that the constraint also catches a member whose digest was written under an earlier key or in an earlier form.
 */
async function insert(tx: EntityManager, row: MemberRow, digests: readonly KeyedDigest[]): Promise<void> {
  const [first, ...others] = [...digests].reverse().map(addressOf);
  try {
    await tx.insert(MemberEntity, { ...row, ...first });
    for (const address of others) await tx.update(MemberEntity, { id: row.id }, address);
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
}

const addressOf = ({ digest, keyId }: KeyedDigest): Pick<MemberEntity, "emailDigest" | "emailKeyId"> => ({
  emailDigest: digest,
  emailKeyId: keyId,
});

function refusalOf(error: unknown): AppError | null {
  const kind = violationOf(error)?.kind;
  if (kind === "REFERENCE") return notFound("supplier");
  if (kind !== "UNIQUE") return null;
  return new AppError("CONFLICT", "This e-mail address cannot be used for a new member. Choose another one.");
}
