/** The tables that TypeORM reads or writes. An entity describes columns and the primary key; migrations hold the rest. */
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
import { FeedPositionEntity } from "../account/feed/feed-position.entity";
import { CommuneCentroidEntity } from "../reference/geo/centroid.entity";
import { ApiKeyEntity } from "../access/identity/api-key.entity";
import { MemberEntity, SessionEntity } from "../access/identity/member.entity";
import { ConfirmationEntity } from "../consumer/intake/confirmation.entity";
import { LeadNeedEntity } from "../people/leads/lead-need.entity";
import { LeadIndexEntity, LeadSecretEntity } from "../people/leads/lead-secret.entity";
import { LeadEntity } from "../people/leads/lead.entity";
import { BankTransferEntity } from "../billing/documents/bank-transfer.entity";
import { SupplierAccountEntity } from "../account/ledger/supplier-account.entity";
import { OutcomeEntity } from "../delivery/outcomes/outcome.entity";
import { InstallationEntity } from "../platform/installation.entity";
import { PriceFloorEntity } from "../offers/campaigns/price-floor.entity";
import { QualityReviewEntity } from "../account/suppliers/quality-review.entity";
import { SiteEntity } from "../account/suppliers/site.entity";
import { SupplierEntity } from "../account/suppliers/supplier.entity";

export const entities = [
  ApiKeyEntity,
  BankTransferEntity,
  CampaignEntity,
  CampaignVersionEntity,
  CommuneCentroidEntity,
  ConfirmationEntity,
  ConsentActEntity,
  DeadLetterEntity,
  DecisionEntity,
  DeliveryEntity,
  EndpointAttemptEntity,
  EndpointEntity,
  FeedPositionEntity,
  FormVersionEntity,
  InstallationEntity,
  LeadEntity,
  LeadIndexEntity,
  LeadNeedEntity,
  LeadSecretEntity,
  MemberEntity,
  OutcomeEntity,
  PriceFloorEntity,
  QualityReviewEntity,
  SessionEntity,
  SiteEntity,
  SupplierAccountEntity,
  SupplierEntity,
];
