/** The API: what the modules add to it, and the schema they make. */
import type { GraphQLSchema } from "graphql";
import { CapStateResolver } from "../allocation/assign/cap-state.resolver";
import { CapWatchResolver } from "../allocation/assign/cap-watch.resolver";
import { DecisionResolver, DecisionVerdictResolver } from "../allocation/assign/decision.resolver";
import { CampaignNowResolver } from "../offers/campaigns/campaign-now.resolver";
import { CampaignResolver } from "../offers/campaigns/campaign.resolver";
import { CatalogueResolver } from "../reference/catalogue/catalogue.resolver";
import { VehicleResolver } from "../reference/catalogue/vehicle.resolver";
import { CreditResolver } from "../delivery/deliveries/credit.resolver";
import {
  CapReachedResolver,
  LeadMatchedResolver,
  LeadUpdatedResolver,
} from "../delivery/deliveries/feed-event.resolver";
import { LeadResolver } from "../delivery/deliveries/lead.resolver";
import { EndpointLogResolver } from "../delivery/endpoints/endpoint-log.resolver";
import { EndpointResolver } from "../delivery/endpoints/endpoint.resolver";
import { ReturnResolver } from "../delivery/returns/return.resolver";
import { RevocationLinksResolver } from "../delivery/endpoints/revocation-links.resolver";
import { FeedResolver } from "../account/feed/feed.resolver";
import { GeoResolver } from "../reference/geo/geo.resolver";
import { AccessResolver } from "../access/identity/access.resolver";
import { rankingAddress } from "../web/pages/ranking";
import { SessionResolver } from "../access/identity/session.resolver";
import { InsightsResolver } from "../allocation/insights/insights.resolver";
import { IntakeResolver } from "../consumer/intake/intake.resolver";
import { OnboardingResolver } from "../account/onboarding/onboarding.resolver";
import { OwnCustomersResolver } from "../offers/own-customers/own-customers.resolver";
import { OutcomeResolver } from "../delivery/outcomes/outcome.resolver";
import { PersonResolver } from "../consumer/person/person.resolver";
import { buildApiSchema } from "../platform/graphql/build-schema";
import type { ResolverClass } from "../platform/graphql/build-schema";
import { uniteApis } from "../platform/module";
import { referenceApi } from "../reference/module";
import { accessApi } from "../access/module";
import { accountApi } from "../account/module";
import { offersApi } from "../offers/module";
import { billingApi } from "../billing/module";
import { deliveryApi } from "../delivery/module";
import { allocationApi } from "../allocation/module";
import { consumerApi } from "../consumer/module";
import { sandboxApi } from "../sandbox/module";
import { SandboxResolver } from "../sandbox/twin/sandbox.resolver";
import { QualityResolver } from "../account/suppliers/quality.resolver";
import { SupplierResolver } from "../account/suppliers/supplier.resolver";
import { ViewerResolver } from "../account/suppliers/viewer.resolver";
import type { Foundation } from "./foundation";
import { moneyResolvers } from "./money-resolvers";
import type { Services } from "./services";

const api = uniteApis([
  referenceApi,
  accessApi,
  accountApi,
  offersApi,
  billingApi,
  deliveryApi,
  allocationApi,
  consumerApi,
  sandboxApi,
]);

/** Who may use which root field, of all modules together. */
export const { permissions } = api;

/** Without instances the schema can be printed, but not asked. */
export function buildApi(instances: readonly object[] = []): GraphQLSchema {
  const { resolvers, orphanedTypes } = api;
  const container = instances.length === 0 ? undefined : containerOf(resolvers, instances);
  return buildApiSchema(resolvers, { permissions, container, orphanedTypes });
}

/** Where type-graphql finds the instances. Throws if one is missing: better at the start than at a request. */
function containerOf(
  classes: readonly ResolverClass[],
  instances: readonly object[],
): { get(wanted: object): object | undefined } {
  const byClass = new Map<object, object>(instances.map((instance) => [instance.constructor, instance]));
  const missing = classes.filter((one) => !byClass.has(one)).map((one) => one.name);
  if (missing.length > 0)
    throw new Error(`No instances were built of these resolvers: ${missing.join(", ")}.`);
  return { get: (wanted) => byClass.get(wanted) };
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
