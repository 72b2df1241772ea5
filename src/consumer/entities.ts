/** The tables of the consumer module that TypeORM reads or writes. */
import { ConfirmationEntity } from "./intake/confirmation.entity";

export const entities = [ConfirmationEntity];
