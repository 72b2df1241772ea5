export type { Collector } from "./collector";
export type { CollectingService } from "./collecting.service";
export type { StripeInbox } from "./stripe-inbox.service";
export type { SupplierPayments } from "./supplier-payments.service";
