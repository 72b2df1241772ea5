/** Records the transfer of a supplier that a bank statement line shows, and matches the line with it. */
import type { EntityManager } from "typeorm";
import type { Principal } from "../../access/identity";
import type { BankTransfersService } from "../documents";
import type { StoredLine } from "./bank-line";
import { markLine } from "./bank-lines.service";

export interface LineTransfer {
  readonly by: Principal;
  readonly line: StoredLine;
  readonly supplierId: string;
  /** The invoice that the transfer was made for; null when the line names none. */
  readonly documentId: string | null;
  /** The bank (512) for a new line; suspense (471) for one that waited. */
  readonly cash: "512" | "471";
}

export async function recordTransfer(
  tx: EntityManager,
  transfers: BankTransfersService,
  { by, line, supplierId, documentId, cash }: LineTransfer,
): Promise<void> {
  const { amountCents: amountInclVatCents, bookedOn: receivedOn, reference: bankReference } = line;
  const transfer = { supplierId, amountInclVatCents, receivedOn, bankReference, documentId };
  const transferId = await transfers.record(tx, {
    ...transfer,
    recordedBy: by.consumer,
    lineId: line.id,
    cash,
  });
  await markLine(tx, line.id, ["TRANSFER", transferId]);
}
