/** The account module. */
import { AccountResolver } from "./suppliers/account.resolver";
import { QualityResolver } from "./suppliers/quality.resolver";
import { SupplierResolver } from "./suppliers/supplier.resolver";
import { SupplierAccountResolver } from "./suppliers/supplier-account.resolver";
import { ViewerResolver } from "./suppliers/viewer.resolver";
import { OnboardingResolver } from "./onboarding/onboarding.resolver";
import { FeedResolver } from "./feed/feed.resolver";
import {
  LeadMatched,
  LeadUpdated,
  LeadRevoked,
  CapReached,
  EndpointPaused,
  ReturnDecided,
  ReturnPending,
  AccountNotice,
} from "./feed/feed.types";
import type { ModuleApi } from "../platform/module";
import { permissions } from "./permissions";

export const accountApi: ModuleApi = {
  resolvers: [
    AccountResolver,
    QualityResolver,
    SupplierResolver,
    SupplierAccountResolver,
    ViewerResolver,
    OnboardingResolver,
    FeedResolver,
  ],
  permissions,
  orphanedTypes: [
    LeadMatched,
    LeadUpdated,
    LeadRevoked,
    CapReached,
    EndpointPaused,
    ReturnDecided,
    ReturnPending,
    AccountNotice,
  ],
};
