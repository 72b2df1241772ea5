/** Every table there is. An entity describes columns and the primary key; all else stands in the migrations. */
import { CapUsageEntity } from "../allocation/assign/cap-usage.entity";
import { DecisionEntity } from "../allocation/assign/decision.entity";
import { CampaignEntity, CampaignVersionEntity } from "../offers/campaigns/campaign.entity";
import { FormVersionEntity } from "../reference/catalogue/form-version.entity";
import { ConsentActEntity } from "../people/consent/consent-act.entity";
import { DeliveryEntity } from "../delivery/deliveries/delivery.entity";
import {
  DeadLetterEntity,
  EndpointAttemptEntity,
  EndpointEntity,
} from "../delivery/endpoints/endpoint.entity";
import { FeedEventEntity, FeedFloorEntity, FeedPositionEntity } from "../account/feed/feed-event.entity";
import { CommuneCentroidEntity } from "../reference/geo/centroid.entity";
import { ApiKeyEntity } from "../access/identity/api-key.entity";
import { AuditEventEntity } from "../access/identity/audit-event.entity";
import { IdempotencyKeyEntity } from "../access/identity/idempotency-key.entity";
import { MemberEntity, SessionEntity } from "../access/identity/member.entity";
import { PresenceEntity } from "../access/identity/presence.entity";
import { ConfirmationEntity, ConfirmationTryEntity } from "../consumer/intake/confirmation.entity";
import { LeadNeedEntity } from "../people/leads/lead-need.entity";
import { LeadIndexEntity, LeadSecretEntity } from "../people/leads/lead-secret.entity";
import { LeadEntity } from "../people/leads/lead.entity";
import { BankTransferEntity } from "../billing/documents/bank-transfer.entity";
import { PostingEntity } from "../account/ledger/posting.entity";
import { SupplierAccountEntity } from "../account/ledger/supplier-account.entity";
import { OutcomeEntity } from "../delivery/outcomes/outcome.entity";
import { OwnCustomerEntity } from "../offers/own-customers/own-customer.entity";
import { InstallationEntity } from "../platform/installation.entity";
import { PriceFloorEntity } from "../offers/campaigns/price-floor.entity";
import { QualityReviewEntity } from "../account/suppliers/quality-review.entity";
import { SiteEntity } from "../account/suppliers/site.entity";
import { SupplierEntity } from "../account/suppliers/supplier.entity";

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
