/**
 * Only lines of bank statements move the bank account (512). What is recorded before its line arrives is in
 * transit (580): the account on which each transfer, refund and payout was booked is stored with it, because
 * those from before this migration were booked on 512. The same bank's reference may stand on several lines, so
 * only what is recorded by hand has it once.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class MoneyInTransit1767901000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE bank_transfer
        ADD COLUMN cash_account text NOT NULL DEFAULT '512' CHECK (cash_account IN ('512', '580', '471')),
        ADD COLUMN line_id uuid,
        ADD COLUMN reversed_at timestamptz,
        DROP CONSTRAINT bank_transfer_bank_reference_key;
      ALTER TABLE bank_transfer ALTER COLUMN cash_account DROP DEFAULT;
      CREATE UNIQUE INDEX bank_transfer_by_hand ON bank_transfer (bank_reference)
        WHERE line_id IS NULL AND reversed_at IS NULL;
      CREATE INDEX bank_transfer_reference ON bank_transfer (bank_reference);
      ALTER TABLE bank_refund
        ADD COLUMN cash_account text NOT NULL DEFAULT '512' CHECK (cash_account IN ('512', '580'));
      ALTER TABLE bank_refund ALTER COLUMN cash_account DROP DEFAULT;
      ALTER TABLE stripe_payout
        ADD COLUMN cash_account text NOT NULL DEFAULT '512' CHECK (cash_account IN ('512', '580'));
      ALTER TABLE stripe_payout ALTER COLUMN cash_account DROP DEFAULT;
      DROP TRIGGER append_only ON bank_transfer;
      CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OF id, supplier_id, received_on, amount_incl_vat_cents,
        bank_reference, recorded_at, recorded_by, line_id ON bank_transfer
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER reversed_once BEFORE UPDATE ON bank_transfer FOR EACH ROW
        WHEN (OLD.reversed_at IS NOT NULL) EXECUTE FUNCTION refuse_change();
      GRANT INSERT ON bank_transfer TO caratlas_worker;
      GRANT UPDATE (reversed_at, cash_account) ON bank_transfer TO caratlas_staff, caratlas_worker;
      DROP TRIGGER append_only ON bank_refund;
      CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OF document_id, supplier_id, bank_reference,
        amount_incl_vat_cents, paid_on, recorded_by ON bank_refund FOR EACH ROW EXECUTE FUNCTION refuse_change();
      GRANT UPDATE (cash_account) ON bank_refund TO caratlas_staff, caratlas_worker;
      GRANT UPDATE (cash_account) ON stripe_payout TO caratlas_staff, caratlas_worker;
      DROP POLICY worker_rows ON bank_transfer;
      CREATE POLICY worker_rows ON bank_transfer TO caratlas_worker USING (true) WITH CHECK (true);
      DROP POLICY staff_rows ON stripe_payout;
      CREATE POLICY staff_rows ON stripe_payout TO caratlas_staff USING (true) WITH CHECK (true)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP POLICY staff_rows ON stripe_payout;
      CREATE POLICY staff_rows ON stripe_payout TO caratlas_staff USING (true);
      DROP POLICY worker_rows ON bank_transfer;
      CREATE POLICY worker_rows ON bank_transfer TO caratlas_worker USING (true);
      REVOKE UPDATE (cash_account) ON stripe_payout, bank_refund FROM caratlas_staff, caratlas_worker;
      REVOKE UPDATE (reversed_at, cash_account) ON bank_transfer FROM caratlas_staff, caratlas_worker;
      REVOKE INSERT ON bank_transfer FROM caratlas_worker;
      DROP TRIGGER append_only ON bank_refund;
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON bank_refund FOR EACH ROW EXECUTE FUNCTION refuse_change();
      DROP TRIGGER append_only ON bank_transfer;
      DROP TRIGGER reversed_once ON bank_transfer;
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON bank_transfer
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
      ALTER TABLE stripe_payout DROP COLUMN cash_account;
      ALTER TABLE bank_refund DROP COLUMN cash_account;
      DROP INDEX bank_transfer_by_hand, bank_transfer_reference;
      ALTER TABLE bank_transfer DROP COLUMN cash_account, DROP COLUMN line_id, DROP COLUMN reversed_at,
        ADD CONSTRAINT bank_transfer_bank_reference_key UNIQUE (bank_reference)`);
  }
}
