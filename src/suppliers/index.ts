export type * from "./supplier-view";
export type { PriceFloors } from "./price-floors.service";
export type { QualityReviews } from "./quality-reviews.service";
export type { SupplierBook } from "./supplier-book.service";
export type { SuppliersService } from "./suppliers.service";
