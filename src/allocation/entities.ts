/** The tables of the allocation module that TypeORM reads or writes. */
import { DecisionEntity } from "./assign/decision.entity";

export const entities = [DecisionEntity];
