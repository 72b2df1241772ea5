/** Lists API keys and members: those of one supplier for its administrators, all of them for staff. */
import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from "typeorm";
import type { Transact } from "../../platform/database";
import { notFound } from "../../shared/errors";
import { isId } from "../../shared/months";
import { ApiKeyEntity } from "./api-key.entity";
import type { AuditService } from "./audit.service";
import { MemberEntity } from "./member.entity";
import type { MembersService, MemberView } from "./members.service";
import type { Principal } from "./principal";
import { isStaff, scopeOf } from "./scope";

export interface AccessPage {
  /** Only this supplier's; null lists everything the caller may see. */
  readonly supplierId: string | null;
  readonly after: { createdAt: string; id: string } | null;
  readonly limit: number;
}

export class AccessBook {
  constructor(
    private readonly transact: Transact,
    private readonly members: MembersService,
    private readonly audit: AuditService,
  ) {}

  /** Newest first, including revoked keys. */
  async keysOf(by: Principal, page: AccessPage): Promise<ApiKeyEntity[]> {
    checkSupplier(by, page.supplierId);
    return this.transact(scopeOf(by), (tx) =>
      newestFirst(tx.createQueryBuilder(ApiKeyEntity, "row"), page).getMany(),
    );
  }

  /** Newest first, including disabled members. Staff reads are audited, because they show names and e-mail addresses. */
  async membersOf(by: Principal, page: AccessPage): Promise<MemberView[]> {
    checkSupplier(by, page.supplierId);
    return this.transact(scopeOf(by), async (tx) => {
      const rows = await newestFirst(tx.createQueryBuilder(MemberEntity, "row"), page).getMany();
      if (isStaff(by.role)) await this.recordReading(tx, by, page.supplierId);
      return rows.map((row) => this.members.viewOf(row));
    });
  }

  private async recordReading(tx: EntityManager, by: Principal, supplierId: string | null): Promise<void> {
    const subject = supplierId === null ? "members" : `supplier:${supplierId}`;
    const event = { actor: by.consumer, action: "MEMBERS_READ", subject, supplierId, detail: {} };
    await this.audit.record(tx, event);
  }
}

function newestFirst<T extends ObjectLiteral>(
  rows: SelectQueryBuilder<T>,
  { supplierId, after, limit }: AccessPage,
): SelectQueryBuilder<T> {
  if (supplierId !== null) rows.andWhere("row.supplierId = :supplierId", { supplierId });
  if (after) rows.andWhere("(row.createdAt, row.id) < (:createdAt, :id)", after);
  return rows.orderBy("row.createdAt", "DESC").addOrderBy("row.id", "DESC").limit(limit);
}

/** Row-level security would return an empty page; NOT_FOUND for another supplier is what other fields answer. */
function checkSupplier(by: Principal, supplierId: string | null): void {
  if (supplierId === null) return;
  if (!isId(supplierId) || (by.supplierId !== null && by.supplierId !== supplierId))
    throw notFound("supplier");
}
