export type { Sendings } from "./sendings.job";
export type { SendingService } from "./sending.service";
export type { Platform } from "./platform";
export type { TransmissionJob } from "./transmission.job";
export type { LifeCycleReader } from "./life-cycle.job";
export type { Transmissions } from "./transmissions.service";
export type { ReportJob } from "./report.job";
