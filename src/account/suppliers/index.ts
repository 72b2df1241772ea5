export type * from "./supplier-view";
export type { QualityReviews } from "./quality-reviews.service";
export type { SupplierBook } from "./supplier-book.service";
export type { SuppliersService } from "./suppliers.service";
