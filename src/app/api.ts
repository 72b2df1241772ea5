/** The API: which resolvers there are, and the schema they make. */
import type { GraphQLSchema } from "graphql";
import { CapStateResolver } from "../allocation/assign/cap-state.resolver";
import { CapWatchResolver } from "../allocation/assign/cap-watch.resolver";
import { DecisionResolver, DecisionVerdictResolver } from "../allocation/assign/decision.resolver";
import { CampaignNowResolver } from "../offers/campaigns/campaign-now.resolver";
import { CampaignResolver } from "../offers/campaigns/campaign.resolver";
import { PriceResolver } from "../offers/campaigns/price.resolver";
import { CatalogueResolver } from "../reference/catalogue/catalogue.resolver";
import { VehicleResolver } from "../reference/catalogue/vehicle.resolver";
import { CreditResolver } from "../delivery/deliveries/credit.resolver";
import {
  CapReachedResolver,
  LeadMatchedResolver,
  LeadUpdatedResolver,
} from "../delivery/deliveries/feed-event.resolver";
import { LeadResolver } from "../delivery/deliveries/lead.resolver";
import { TransmissionResolver } from "../billing/dispatch/transmission.resolver";
import { EndpointLogResolver } from "../delivery/endpoints/endpoint-log.resolver";
import { EndpointResolver } from "../delivery/endpoints/endpoint.resolver";
import { PaymentResolver } from "../billing/payments/payment.resolver";
import { ReconciliationResolver } from "../billing/reconciliation/reconciliation.resolver";
import { ReturnResolver } from "../delivery/returns/return.resolver";
import { RevocationLinksResolver } from "../delivery/endpoints/revocation-links.resolver";
import { FeedResolver } from "../account/feed/feed.resolver";
import {
  CapReached,
  EndpointPaused,
  LeadMatched,
  LeadRevoked,
  LeadUpdated,
  ReturnDecided,
  ReturnPending,
  AccountNotice,
} from "../account/feed/feed.types";
import { AccountWatchResolver } from "../billing/reporting/account-watch.resolver";
import { BooksResolver } from "../billing/reporting/books.resolver";
import { FinanceResolver } from "../billing/reporting/finance.resolver";
import { InvoiceRunResolver } from "../billing/reporting/invoice-run.resolver";
import { DocumentResolver } from "../billing/documents/document.resolver";
import { GeoResolver } from "../reference/geo/geo.resolver";
import { AccessResolver } from "../access/identity/access.resolver";
import { permissions } from "../access/identity/permissions";
import { rankingAddress } from "../web/pages/ranking";
import { SendingResolver } from "../billing/dispatch/sending.resolver";
import { SessionResolver } from "../access/identity/session.resolver";
import { InsightsResolver } from "../allocation/insights/insights.resolver";
import { IntakeResolver } from "../consumer/intake/intake.resolver";
import { OnboardingResolver } from "../account/onboarding/onboarding.resolver";
import { OwnCustomersResolver } from "../offers/own-customers/own-customers.resolver";
import { OutcomeResolver } from "../delivery/outcomes/outcome.resolver";
import { PersonResolver } from "../consumer/person/person.resolver";
import { buildApiSchema } from "../platform/graphql/build-schema";
import { SandboxResolver } from "../sandbox/twin/sandbox.resolver";
import { AccountResolver } from "../account/suppliers/account.resolver";
import { QualityResolver } from "../account/suppliers/quality.resolver";
import { SupplierAccountResolver } from "../account/suppliers/supplier-account.resolver";
import { SupplierResolver } from "../account/suppliers/supplier.resolver";
import { ViewerResolver } from "../account/suppliers/viewer.resolver";
import type { Foundation } from "./foundation";
import { moneyResolvers } from "./money-resolvers";
import type { Services } from "./services";

const resolverClasses = [
  AccessResolver,
  AccountResolver,
  AccountWatchResolver,
  BooksResolver,
  CampaignNowResolver,
  CampaignResolver,
  CapReachedResolver,
  CapStateResolver,
  CapWatchResolver,
  CatalogueResolver,
  CreditResolver,
  DecisionResolver,
  DecisionVerdictResolver,
  DocumentResolver,
  EndpointLogResolver,
  EndpointResolver,
  FeedResolver,
  FinanceResolver,
  GeoResolver,
  InsightsResolver,
  IntakeResolver,
  InvoiceRunResolver,
  LeadMatchedResolver,
  LeadResolver,
  LeadUpdatedResolver,
  OnboardingResolver,
  OutcomeResolver,
  OwnCustomersResolver,
  PaymentResolver,
  PersonResolver,
  PriceResolver,
  ReconciliationResolver,
  QualityResolver,
  ReturnResolver,
  RevocationLinksResolver,
  SandboxResolver,
  SendingResolver,
  SessionResolver,
  SupplierAccountResolver,
  SupplierResolver,
  TransmissionResolver,
  VehicleResolver,
  ViewerResolver,
];

const orphanedTypes = [
  LeadMatched,
  LeadUpdated,
  LeadRevoked,
  CapReached,
  EndpointPaused,
  ReturnDecided,
  ReturnPending,
  AccountNotice,
];

/** Without instances the schema can be printed, not asked. */
export function buildApi(instances: readonly object[] = []): GraphQLSchema {
  const byClass = new Map(instances.map((instance) => [instance.constructor, instance]));
  const container = {
    get(wanted: new (...given: never[]) => object): object {
      const instance = byClass.get(wanted);
      if (!instance) throw new Error(`No instance of ${wanted.name} was built.`);
      return instance;
    },
  };
  return buildApiSchema(resolverClasses, {
    permissions,
    container,
    orphanedTypes,
  });
}

export function buildResolvers(services: Services, { clock, config, publicUrl }: Foundation): object[] {
  const { transact, book, campaigns, inbox, identity, intake, insights, endpoints } = services;
  return [
    ...moneyResolvers(services, config),
    new AccessResolver(identity.access, identity.accessBook),
    new CampaignNowResolver(clock, transact, services.attended),
    new CampaignResolver(services.campaignsService, campaigns),
    new CapReachedResolver(campaigns),
    new CapStateResolver(services.capStates),
    new CapWatchResolver(),
    new CatalogueResolver(intake.canSend),
    new CreditResolver(services.credits),
    new DecisionResolver(services.decisions, services.replaySpan),
    new DecisionVerdictResolver(),
    new EndpointLogResolver(endpoints),
    new EndpointResolver(endpoints.service, endpoints.cursors),
    new FeedResolver(services.feedSource, clock),
    new GeoResolver(),
    new InsightsResolver(insights.missed, insights.simulations, insights.limit),
    intakeResolver(intake, publicUrl),
    new LeadMatchedResolver(inbox),
    new LeadResolver({ inbox, campaigns, receipts: services.receipts, publicUrl }),
    new LeadUpdatedResolver(inbox),
    new OnboardingResolver(transact, services.onboarding),
    new OutcomeResolver(services.outcomes),
    new OwnCustomersResolver(services.ownCustomers),
    new PersonResolver(services.personalRequests, services.withdrawals),
    new QualityResolver(transact, services.reviews),
    new ReturnResolver(services.returning),
    new RevocationLinksResolver(services.revocationLinks),
    new SandboxResolver(services.sandbox),
    new SessionResolver(identity.signIn, identity.access),
    new SupplierResolver(transact, book, services.suppliersService),
    new VehicleResolver(),
    new ViewerResolver(transact, book),
  ];
}

const intakeResolver = (intake: Services["intake"], publicUrl: () => string): IntakeResolver =>
  new IntakeResolver({
    ...intake,
    personalLinkOf: (token) => `${publicUrl()}/ma-demande#${token}`,
    rankingUrl: () => publicUrl() + rankingAddress,
  });
