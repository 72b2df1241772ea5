/** Records incoming bank transfers, each once by the bank's reference, and applies them as payments. */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import { newId } from "../../platform/ids";
import { violationOf } from "../../platform/violations";
import { AppError } from "../../shared/errors";
import { BankTransferEntity } from "./bank-transfer.entity";
import type { PaymentsService } from "./payments.service";
import { checkTransfer, type Transfer } from "./transfer";

export interface NewTransfer extends Transfer {
  readonly recordedBy: string;
}

export class BankTransfersService {
  constructor(
    private readonly payments: PaymentsService,
    private readonly clock: Clock,
  ) {}

  /** Returns the id of the transfer. */
  async record(tx: EntityManager, transfer: NewTransfer): Promise<string> {
    const at = this.clock.now();
    const { recordedBy } = transfer;
    const { supplierId, amountInclVatCents, receivedOn, bankReference } = checkTransfer(transfer, at);
    const id = newId();
    const row = { id, supplierId, receivedOn, amountInclVatCents, bankReference };
    await insertOnce(tx, { ...row, recordedAt: at, recordedBy });
    await this.payments.receive(tx, {
      ...{ kind: "BANK_TRANSFER", supplierId, inclVatCents: amountInclVatCents, causeId: id },
      ...{ reference: bankReference, receivedOn, documentId: transfer.documentId ?? null, recordedBy },
    });
    return id;
  }

  /** Returns the bank's references in the order of `ids`; null where there is no such transfer. */
  async references(tx: EntityManager, ids: readonly string[]): Promise<(string | null)[]> {
    const rows: { id: string; reference: string }[] = await tx.query(
      "SELECT id::text AS id, bank_reference AS reference FROM bank_transfer WHERE id::text = ANY ($1)",
      [ids],
    );
    const byId = new Map(rows.map(({ id, reference }) => [id, reference]));
    return ids.map((id) => byId.get(id) ?? null);
  }
}

async function insertOnce(tx: EntityManager, row: BankTransferEntity): Promise<void> {
  try {
    await tx.insert(BankTransferEntity, row);
  } catch (error) {
    if (violationOf(error)?.kind !== "UNIQUE") throw error;
    throw new AppError(
      "CONFLICT",
      "A transfer with this bankReference is recorded already. Check the reference on the bank's statement.",
      { reason: "ALREADY_RECORDED", field: "bankReference" },
    );
  }
}
