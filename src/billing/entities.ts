/** The tables of the billing module that TypeORM reads or writes. */
import { BankTransferEntity } from "./documents/bank-transfer.entity";

export const entities = [BankTransferEntity];
