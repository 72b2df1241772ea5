/** The API: which resolvers there are, and the schema they make. */
import type { GraphQLSchema } from "graphql";
import { CapStateResolver } from "../allocation/cap-state.resolver";
import { CapWatchResolver } from "../allocation/cap-watch.resolver";
import { DecisionResolver, DecisionVerdictResolver } from "../allocation/decision.resolver";
import { CampaignNowResolver } from "../campaigns/campaign-now.resolver";
import { CampaignResolver } from "../campaigns/campaign.resolver";
import { PriceResolver } from "../campaigns/price.resolver";
import { CatalogueResolver } from "../catalogue/catalogue.resolver";
import { VehicleResolver } from "../catalogue/vehicle.resolver";
import { CreditResolver } from "../deliveries/credit.resolver";
import {
  CapReachedResolver,
  LeadMatchedResolver,
  LeadUpdatedResolver,
} from "../deliveries/feed-event.resolver";
import { LeadResolver } from "../deliveries/lead.resolver";
import { TransmissionResolver } from "../einvoicing/transmission.resolver";
import { EndpointLogResolver } from "../endpoints/endpoint-log.resolver";
import { EndpointResolver } from "../endpoints/endpoint.resolver";
import { PaymentResolver } from "../stripe/payment.resolver";
import { ReconciliationResolver } from "../reconciliation/reconciliation.resolver";
import { ReturnResolver } from "../returns/return.resolver";
import { RevocationLinksResolver } from "../endpoints/revocation-links.resolver";
import { FeedResolver } from "../feed/feed.resolver";
import {
  CapReached,
  EndpointPaused,
  LeadMatched,
  LeadRevoked,
  LeadUpdated,
  ReturnDecided,
  ReturnPending,
  AccountNotice,
} from "../feed/feed.types";
import { AccountWatchResolver } from "../finance/account-watch.resolver";
import { BooksResolver } from "../finance/books.resolver";
import { FinanceResolver } from "../finance/finance.resolver";
import { InvoiceRunResolver } from "../finance/invoice-run.resolver";
import { DocumentResolver } from "../invoicing/document.resolver";
import { GeoResolver } from "../geo/geo.resolver";
import { AccessResolver } from "../identity/access.resolver";
import { permissions } from "../identity/permissions";
import { rankingAddress } from "./pages/ranking";
import { SendingResolver } from "../sending/sending.resolver";
import { SessionResolver } from "../identity/session.resolver";
import { InsightsResolver } from "../insights/insights.resolver";
import { IntakeResolver } from "../intake/intake.resolver";
import { OnboardingResolver } from "../onboarding/onboarding.resolver";
import { OwnCustomersResolver } from "../own-customers/own-customers.resolver";
import { OutcomeResolver } from "../outcomes/outcome.resolver";
import { PersonResolver } from "../person/person.resolver";
import { buildApiSchema } from "../platform/graphql/build-schema";
import { SandboxResolver } from "../sandbox/sandbox.resolver";
import { AccountResolver } from "../suppliers/account.resolver";
import { QualityResolver } from "../suppliers/quality.resolver";
import { SupplierAccountResolver } from "../suppliers/supplier-account.resolver";
import { SupplierResolver } from "../suppliers/supplier.resolver";
import { ViewerResolver } from "../suppliers/viewer.resolver";
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
