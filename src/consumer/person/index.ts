export type { WithdrawalService } from "./withdrawal.service";
