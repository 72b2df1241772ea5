/** Every table there is. An entity describes columns and the primary key; all else stands in the migrations. */
import { CapUsageEntity } from "../allocation/cap-usage.entity";
import { DecisionEntity } from "../allocation/decision.entity";
import { CampaignEntity, CampaignVersionEntity } from "../campaigns/campaign.entity";
import { FormVersionEntity } from "../catalogue/form-version.entity";
import { ConsentActEntity } from "../consent/consent-act.entity";
import { DeliveryEntity } from "../deliveries/delivery.entity";
import { DeadLetterEntity, EndpointAttemptEntity, EndpointEntity } from "../endpoints/endpoint.entity";
import { FeedEventEntity, FeedFloorEntity, FeedPositionEntity } from "../feed/feed-event.entity";
import { CommuneCentroidEntity } from "../geo/centroid.entity";
import { ApiKeyEntity } from "../identity/api-key.entity";
import { AuditEventEntity } from "../identity/audit-event.entity";
import { IdempotencyKeyEntity } from "../identity/idempotency-key.entity";
import { MemberEntity, SessionEntity } from "../identity/member.entity";
import { PresenceEntity } from "../identity/presence.entity";
import { ConfirmationEntity, ConfirmationTryEntity } from "../intake/confirmation.entity";
import { LeadNeedEntity } from "../leads/lead-need.entity";
import { LeadIndexEntity, LeadSecretEntity } from "../leads/lead-secret.entity";
import { LeadEntity } from "../leads/lead.entity";
import { BankTransferEntity } from "../invoicing/bank-transfer.entity";
import { PostingEntity } from "../ledger/posting.entity";
import { SupplierAccountEntity } from "../ledger/supplier-account.entity";
import { OutcomeEntity } from "../outcomes/outcome.entity";
import { OwnCustomerEntity } from "../own-customers/own-customer.entity";
import { InstallationEntity } from "../platform/installation.entity";
import { PriceFloorEntity } from "../campaigns/price-floor.entity";
import { QualityReviewEntity } from "../suppliers/quality-review.entity";
import { SiteEntity } from "../suppliers/site.entity";
import { SupplierEntity } from "../suppliers/supplier.entity";

export const entities = [
  ApiKeyEntity,
  AuditEventEntity,
  BankTransferEntity,
  CampaignEntity,
  CampaignVersionEntity,
  CapUsageEntity,
  CommuneCentroidEntity,
  ConfirmationEntity,
  ConfirmationTryEntity,
  ConsentActEntity,
  DeadLetterEntity,
  DecisionEntity,
  DeliveryEntity,
  EndpointAttemptEntity,
  EndpointEntity,
  FeedEventEntity,
  FeedFloorEntity,
  FeedPositionEntity,
  FormVersionEntity,
  IdempotencyKeyEntity,
  InstallationEntity,
  LeadEntity,
  LeadIndexEntity,
  LeadNeedEntity,
  LeadSecretEntity,
  MemberEntity,
  OutcomeEntity,
  OwnCustomerEntity,
  PostingEntity,
  PresenceEntity,
  PriceFloorEntity,
  QualityReviewEntity,
  SessionEntity,
  SiteEntity,
  SupplierAccountEntity,
  SupplierEntity,
];
