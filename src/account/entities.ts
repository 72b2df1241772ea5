/** The tables of the account module that TypeORM reads or writes. */
import { QualityReviewEntity } from "./suppliers/quality-review.entity";
import { SiteEntity } from "./suppliers/site.entity";
import { SupplierEntity } from "./suppliers/supplier.entity";
import { SupplierAccountEntity } from "./ledger/supplier-account.entity";
import { FeedPositionEntity } from "./feed/feed-position.entity";

export const entities = [
  QualityReviewEntity,
  SiteEntity,
  SupplierEntity,
  SupplierAccountEntity,
  FeedPositionEntity,
];
