/**
 * Sends notices about accounts to suppliers' feeds: a low balance, a spent monthly limit, an overdue invoice,
 * a suspension and its end. Each is sent once, in the transaction that decides it.
 */
import type { EntityManager } from "typeorm";
import { feedTopic, type AccountNotice as Notice, type FeedService } from "../../account/feed";
import type { AuditService } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type {
  AccountsService,
  BalanceAlerts,
  LockedAccount,
  SpendLimits,
  Suspensions,
} from "../../account/ledger";
import type { Transact } from "../../platform/database";
import { dateIn } from "../../shared/calendar";
import { integerOf } from "../../shared/integer";
import { indemnityCents, interestOn } from "../documents";
import { levelOf } from "./dunning";

export interface NoticesDeps {
  readonly transact: Transact;
  readonly accounts: AccountsService;
  readonly suspensions: Suspensions;
  readonly alerts: BalanceAlerts;
  readonly spendLimits: SpendLimits;
  readonly feed: FeedService;
  readonly audit: AuditService;
  readonly clock: Clock;
  readonly opened: () => void;
  readonly wake: (topics: readonly string[]) => void;
}

interface Late {
  readonly id: string;
  readonly name: string;
  readonly daysLate: number;
  readonly openCents: string;
  readonly penaltyBasisPoints: number;
}

export class Notices {
  constructor(private readonly deps: NoticesDeps) {}

  /** Returns how many suppliers were notified. Safe to run repeatedly and in several processes at once. */
  async run(): Promise<number> {
    const { transact, clock, spendLimits, opened } = this.deps;
    const today = dateIn("Europe/Paris", clock.now());
    const reopened = await transact({ role: "worker" }, (tx) => spendLimits.openMonth(tx));
    if (reopened.length > 0) opened();
    const suppliers = await transact({ role: "worker" }, (tx) => concerned(tx, today));
    let told = 0;
    for (const supplierId of suppliers) told += (await this.tell(supplierId, today)) ? 1 : 0;
    return told;
  }

  private async tell(supplierId: string, today: string): Promise<boolean> {
    const { transact, accounts } = this.deps;
    const count = await transact({ role: "worker" }, (tx) =>
      accounts.withAccount(tx, supplierId, async (account) => {
        const notices = [
          ...(await this.lowBalance(tx, account)),
          ...(await this.capReached(tx, account)),
          ...(await this.overdue(tx, account, today)),
        ];
        await this.append(tx, account, notices);
        return notices.length;
      }),
    );
    if (count === 0) return false;
    this.deps.opened();
    this.deps.wake([feedTopic(supplierId)]);
    return true;
  }

  private async overdue(tx: EntityManager, account: LockedAccount, today: string): Promise<Notice[]> {
    const { supplierId } = account;
    const late = await lateInvoices(tx, supplierId, today);
    const notices: Notice[] = [];
    for (const invoice of late) notices.push(...(await this.step(tx, supplierId, invoice)));
    const isDue = late.some(({ daysLate }) => levelOf(daysLate) === 3);
    if (isDue && account.suspension === null) notices.push(await this.suspend(tx, account));
    if (!isDue && account.suspension === "UNPAID") notices.push(await this.resume(tx, account));
    return notices;
  }

  private async step(tx: EntityManager, supplierId: string, invoice: Late): Promise<Notice[]> {
    const { id, name, daysLate, penaltyBasisPoints } = invoice;
    const level = levelOf(daysLate);
    if (level === null) return [];
    const openCents = integerOf(invoice.openCents);
    const interest = interestOn([{ openCents, days: daysLate }], penaltyBasisPoints);
    const rows: unknown[] = await tx.query(
      `INSERT INTO dunning_step
         (document_id, level, supplier_id, at, days_late, open_cents, indemnity_cents, interest_cents)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING true`,
      [id, level, supplierId, this.deps.clock.now(), daysLate, openCents, indemnityCents, interest],
    );
    if (rows.length === 0) return [];
    const owed = { amountCents: openCents, indemnityCents, interestCents: interest };
    return [{ kind: "INVOICE_OVERDUE", documentId: id, documentName: name, daysLate, ...owed }];
  }

  private async lowBalance(tx: EntityManager, account: LockedAccount): Promise<Notice[]> {
    if (!(await this.deps.alerts.fellBelow(tx, account, this.deps.clock.now()))) return [];
    return [{ kind: "LOW_BALANCE", amountCents: account.balanceCents }];
  }

  /** Notifies once a month, and again after the limit was changed. */
  private async capReached(
    tx: EntityManager,
    { supplierId, spendLeftCents }: LockedAccount,
  ): Promise<Notice[]> {
    const reached: unknown[] = await tx.query(`${spendCapReached} AND a.supplier_id = $1`, [supplierId]);
    if (reached.length === 0) return [];
    await this.deps.spendLimits.markTold(tx, supplierId);
    return [{ kind: "SPEND_CAP_REACHED", amountCents: spendLeftCents ?? 0 }];
  }

  private async suspend(tx: EntityManager, { supplierId }: LockedAccount): Promise<Notice> {
    await this.deps.suspensions.suspend(tx, supplierId, this.deps.clock.now());
    await this.record(tx, supplierId, "ACCOUNT_SUSPENDED");
    return { kind: "SUSPENDED" };
  }

  private async resume(tx: EntityManager, { supplierId }: LockedAccount): Promise<Notice> {
    await this.deps.suspensions.resume(tx, supplierId);
    await this.record(tx, supplierId, "ACCOUNT_RESUMED");
    return { kind: "RESUMED" };
  }

  private record(tx: EntityManager, supplierId: string, action: string): Promise<void> {
    const act = { actor: "notices", action, subject: `supplier:${supplierId}`, supplierId };
    return this.deps.audit.record(tx, { ...act, detail: { suspension: "UNPAID" } });
  }

  private async append(tx: EntityManager, account: LockedAccount, notices: readonly Notice[]): Promise<void> {
    const at = this.deps.clock.now();
    const entry = { kind: "ACCOUNT_NOTICE" as const, deliveryId: null, campaignId: null };
    await this.deps.feed.append(
      tx,
      notices.map((notice) => ({ ...entry, detail: { notice }, counter: account, at })),
    );
  }
}

/** Suppliers that may need a notice. */
async function concerned(tx: EntityManager, today: string): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    `SELECT supplier_id AS id FROM account_state
     WHERE suspension = 'UNPAID' OR alert_below_cents IS NOT NULL AND
       (balance_cents < alert_below_cents) <> (alerted_at IS NOT NULL)
     UNION ${spendCapReached}
     UNION SELECT supplier_id FROM open_document
       WHERE late_fees_of IS NULL AND due_on < $1::date AND net_cents + vat_cents > 0
     ORDER BY 1`,
    [today],
  );
  return rows.map(({ id }) => id);
}

const lateInvoices = (tx: EntityManager, supplierId: string, today: string): Promise<Late[]> =>
  tx.query(
    `SELECT o.id, o.name, $2::date - o.due_on AS "daysLate", o.net_cents + o.vat_cents AS "openCents",
       (d.content->>'latePenaltyBasisPoints')::integer AS "penaltyBasisPoints"
     FROM open_document o JOIN billing_document d ON d.id = o.id
     WHERE o.supplier_id = $1 AND o.late_fees_of IS NULL AND o.due_on < $2::date AND o.net_cents + o.vat_cents > 0
     ORDER BY "daysLate" DESC`,
    [supplierId, today],
  );

/**
 * Suppliers whose remaining monthly limit cannot pay a lead of any active campaign, and who were not notified
 * this month.
 */
const spendCapReached = `
  SELECT a.supplier_id FROM account_state a
  WHERE a.spend_cap_cents IS NOT NULL AND a.spend_told IS DISTINCT FROM a.spend_month AND a.spend_left_cents < (
    SELECT min((c.terms->>'pricePerLeadCents')::bigint) FROM current_campaign c
    WHERE c.supplier_id = a.supplier_id AND c.status = 'ACTIVE')`;
