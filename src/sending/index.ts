export type { Sendings } from "./sendings.job";
export type { SendingService } from "./sending.service";
