export type * from "./billing-profile";
export type * from "./supplier-view";
export type { ElectronicAddress } from "./electronic-address";
export { electronicAddressOf } from "./electronic-address";
export { identifiersOf } from "./identifiers";
export type { ProfilesService } from "./profiles.service";
export type { QualityReviews } from "./quality-reviews.service";
export type { SupplierBook } from "./supplier-book.service";
export type { SuppliersService } from "./suppliers.service";
