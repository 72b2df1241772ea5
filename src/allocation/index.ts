export type { AllocationService } from "./allocation.service";
export type { Allocator } from "./allocator.job";
export type { DecisionBook, Replay } from "./decision-book.service";
