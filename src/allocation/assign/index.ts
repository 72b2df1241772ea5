export type { AllocationService } from "./allocation.service";
export type { Allocator } from "./allocator.job";
export type { DecisionBook } from "./decision-book.service";
export type { Replay } from "./replay-result";
