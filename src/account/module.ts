/** Account: suppliers, what they may spend, and the log of their events. */
import {
  KeySupplierResolver,
  LimitSitesResolver,
  MemberSupplierResolver,
} from "./suppliers/access-supplier.resolver";
import { AccountResolver, LedgerLabelResolver } from "./suppliers/account.resolver";
import { QualityResolver } from "./suppliers/quality.resolver";
import { SupplierResolver } from "./suppliers/supplier.resolver";
import { SupplierBillingResolver } from "./suppliers/supplier-billing.resolver";
import { ViewerResolver } from "./suppliers/viewer.resolver";
import { OnboardingResolver, OnboardingStepResolver } from "./onboarding/onboarding.resolver";
import { FeedResolver, NoticeResolver } from "./feed/feed.resolver";
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
import { buildFeed, type FeedDeps, type FeedServices } from "./feed/feed.wiring";
import { buildLedger, type LedgerServices } from "./ledger/ledger.wiring";
import {
  buildOnboarding,
  type OnboardingDeps,
  type OnboardingServices,
} from "./onboarding/onboarding.wiring";
import { buildSuppliers, type SuppliersDeps, type SuppliersServices } from "./suppliers/suppliers.wiring";
import type { Foundation } from "../platform/foundation";
import { partsOf, type Module, type ModuleApi } from "../platform/module";
import { accountPermissions } from "./permissions";

export const accountApi: ModuleApi = {
  resolvers: [
    AccountResolver,
    KeySupplierResolver,
    LimitSitesResolver,
    MemberSupplierResolver,
    QualityResolver,
    SupplierResolver,
    SupplierBillingResolver,
    ViewerResolver,
    OnboardingResolver,
    OnboardingStepResolver,
    FeedResolver,
    LedgerLabelResolver,
    NoticeResolver,
  ],
  permissions: accountPermissions,
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

export interface AccountServices {
  readonly ledger: LedgerServices;
  readonly suppliers: SuppliersServices;
  readonly onboarding: OnboardingServices;
  readonly feed: FeedServices;
}

export type AccountModule = Module<AccountServices>;
export type AccountDeps = SuppliersDeps & OnboardingDeps & FeedDeps;

export function buildAccountModule(foundation: Foundation, deps: AccountDeps): AccountModule {
  const ledger = buildLedger(foundation.clock);
  const suppliers = buildSuppliers(foundation, deps, ledger);
  const onboarding = buildOnboarding(foundation, deps, suppliers.services.suppliersById);
  const feed = buildFeed(foundation, deps);
  return {
    services: {
      ledger,
      suppliers: suppliers.services,
      onboarding: onboarding.services,
      feed: feed.services,
    },
    ...partsOf([suppliers, onboarding, feed]),
  };
}
