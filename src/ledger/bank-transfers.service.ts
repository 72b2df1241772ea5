/** Money received by bank transfer: recorded once, posted net to the supplier and VAT to the state. */
import type { EntityManager } from "typeorm";
import { newId } from "../platform/ids";
import { violationOf } from "../platform/violations";
import { AppError } from "../shared/errors";
import type { AccountsService } from "./accounts.service";
import { BankTransferEntity } from "./bank-transfer.entity";
import type { OpeningsService } from "./openings.service";
import { transferOf } from "./postings";
import { checkTransfer, type Transfer } from "./transfer";

export interface NewTransfer extends Transfer {
  /** Of the supplier's territory, on the day. */
  readonly vatRateBasisPoints: number;
  readonly recordedBy: string;
}

export class BankTransfersService {
  constructor(
    private readonly accounts: AccountsService,
    private readonly openings: OpeningsService,
    private readonly clock: () => Date = () => new Date(),
  ) {}

  /** Answers the transfer's id. Leads that waited for the money are tried again after the commit. */
  async record(tx: EntityManager, transfer: NewTransfer): Promise<string> {
    const at = this.clock();
    const { supplierId, vatRateBasisPoints, recordedBy } = transfer;
    const checked = checkTransfer(transfer, at);
    const { amountInclVatCents, receivedOn, bankReference } = checked;
    return this.accounts.withAccounts(tx, [supplierId], async (accounts) => {
      const account = accounts.get(supplierId);
      if (!account) throw new Error("A locked account is missing from its own lock.");
      const id = newId();
      const row = { id, supplierId, receivedOn, amountInclVatCents, vatRateBasisPoints, bankReference };
      await insertOnce(tx, { ...row, recordedAt: at, recordedBy });
      const cause = { account, causeKind: "BANK_TRANSFER", causeId: id, at } as const;
      const legs = transferOf(account.mode, amountInclVatCents, vatRateBasisPoints);
      await this.accounts.post(
        tx,
        legs.map((leg) => ({ ...leg, ...cause })),
      );
      await this.openings.mark(tx, supplierId);
      return id;
    });
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
    );
  }
}
