/** Starts one server on one database, and stops it again. What the program and its tests have in common. */
import type { FastifyInstance } from "fastify";
import { lossesBy } from "../offers/campaigns/form-losses.service";
import { products } from "../reference/catalogue";
import { publishForms } from "../reference/catalogue/publish.service";
import type { Principal, RequestContext } from "../access/identity";
import { systemClock, type Clock } from "../platform/clock";
import { openDatabase, transactOn } from "../platform/database";
import type { Repeated } from "../platform/every";
import { checkInstallation } from "../platform/installation.service";
import type { Log } from "../platform/log";
import { createMetrics, type Metrics } from "../platform/metrics";
import { migrate } from "../platform/migrate";
import { checkRealTime } from "../platform/present";
import { buildApi, buildResolvers } from "./api";
import { cleanUp } from "./clean-up";
import type { Config } from "./settings/config";
import { followFeeds, followImports, followMarket, watchEndpoints } from "./followers";
import { entities } from "./entities";
import { carrierOf, hintsBy } from "./hint-carrier";
import type { Keys } from "./keys";
import { workOnDocuments } from "./document-work";
import { addStripeEvents, workOnStripe } from "./stripe-events";
import { collectorOf } from "./stripe-services";
import { runInvoices } from "./invoicing-runs";
import { dropOldEvents } from "./old-events";
import { addPersonPage } from "../web/pages/person";
import { addSecurityTxt } from "../web/security-txt";
import { readiness } from "./readiness";
import { addSupplierPages } from "../web/pages/supplier";
import { startServer, type RunningServer } from "./server";
import type { Foundation } from "./foundation";
import { buildServices, type Services } from "./services";

export interface StartOptions {
  readonly config: Config;
  readonly keys: Keys;
  readonly databaseUrl: string;
  readonly databaseOwnerUrl: string;
  readonly log: Log;
  readonly clock?: Clock;
}

export interface RunningCarAtlas extends RunningServer {
  readonly services: Services;
}

export async function startCarAtlas(options: StartOptions): Promise<RunningCarAtlas> {
  const { databaseUrl, databaseOwnerUrl, log } = options;
  await migrate({ ownerUrl: databaseOwnerUrl, loginUser: decodeURIComponent(new URL(databaseUrl).username) });
  const stopping = new AbortController();
  const onError = (error: Error): void => {
    // A connection that breaks while everything is closed is closed: nothing to tell.
    if (!stopping.signal.aborted) log.warn({ err: error }, "a database connection broke; it is made again");
  };
  const source = await openDatabase({ url: databaseUrl, entities, onError });
  const metrics = createMetrics();
  const carrier = carrierOf(options.config, databaseUrl);
  const hints = hintsBy(carrier, { log, metrics, stopping: stopping.signal });
  try {
    await hints.start();
    const foundation = await layFoundation(options, { source, hints, metrics });
    const running = await run(foundation, options);
    return {
      ...running,
      stop: () => {
        stopping.abort();
        return running.stop();
      },
    };
  } catch (error) {
    await hints.stop();
    await source.destroy();
    throw error;
  }
}

interface Wiring extends Foundation {
  readonly metrics: Metrics;
  readonly listening: { url: string };
}

async function layFoundation(
  options: StartOptions,
  base: Pick<Wiring, "source" | "hints" | "metrics">,
): Promise<Wiring> {
  const { config, keys, log } = options;
  const clock = options.clock ?? systemClock;
  if (config.nodeEnv === "production") await checkRealTime(clock, transactOn(base.source));
  const transact = transactOn(base.source, clock);
  const feedEpoch = await checkInstallation(transact, keys);
  await publishForms(transact, { products, at: clock.now(), losses: lossesBy });
  const collector = await collectorOf(config);
  const listening = { url: "" };
  const publicUrl = (): string => config.publicUrl ?? listening.url;
  return { ...base, keys, config, collector, feedEpoch, clock, log, publicUrl, listening };
}

/** What subscriptions are made of. */
type Caller = Pick<RequestContext, "principal" | "clientAddress">;
type Sources = Pick<Services, "accountWatch" | "feedSource" | "capWatch" | "invoiceRuns">;

const contextsOf =
  ({ accountWatch, feedSource, capWatch, invoiceRuns }: Sources) =>
  ({ principal, clientAddress }: Caller): RequestContext & Sources => ({
    ...{ principal, clientAddress, accountWatch, feedSource, capWatch, invoiceRuns },
    memory: new Map(),
  });

async function run(foundation: Wiring, { config, log }: StartOptions): Promise<RunningCarAtlas> {
  const services = buildServices(foundation);
  await services.transact({ role: "worker" }, (tx) => services.centroids.load(tx));
  await services.market.look();
  const schema = buildApi(buildResolvers(services, foundation));
  const contextOf = contextsOf(services);
  services.endpoints.documents.serve({
    schema,
    contextOf: (principal) => contextOf({ principal, clientAddress: "" }),
  });
  const { host, port, trustedProxies, introspection } = config;
  const server = await startServer<Principal>({
    ...{ schema, host, port, trustedProxies, introspection, log, metrics: foundation.metrics },
    authenticate: async (bearer, origin) =>
      bearer === null ? null : services.identity.authenticate.authenticate(bearer, origin),
    originAllowed: (origin) => services.identity.authenticate.originAllowed(origin),
    stillValid: (principals) => services.identity.authenticate.stillValid(principals),
    context: contextOf,
    ready: () => readiness(foundation, services),
    routes: (app) => {
      addRoutes(app, services, foundation);
    },
  });
  foundation.listening.url = server.url;
  services.allocator.start();
  services.endpoints.deliverer.start();
  services.presence.start();
  const repeated = [
    cleanUp(services, foundation),
    followImports(services, foundation),
    followMarket(services, foundation),
    dropOldEvents(services, foundation),
    followFeeds(services, foundation),
    watchEndpoints(services, foundation),
    runInvoices(services, foundation),
    ...workOnStripe(services, foundation),
    ...workOnDocuments(services, foundation),
  ];
  return { ...server, services, stop: () => stopAll(foundation, { server, services, repeated }) };
}

function addRoutes(app: FastifyInstance, services: Services, foundation: Foundation): void {
  const { receipts } = services;
  addStripeEvents(app, services);
  app.get("/.well-known/jwks.json", async (_request, reply) => {
    void reply.header("cache-control", "public, max-age=3600");
    return receipts.publicKeys();
  });
  const { config, clock, publicUrl } = foundation;
  addSecurityTxt(app, { contact: config.securityContact, publicUrl, now: () => clock.now() });
  addPersonPage(app);
  addSupplierPages(app);
}

interface Running {
  readonly server: RunningServer;
  readonly services: Services;
  readonly repeated: readonly Repeated[];
}

async function stopAll(
  { hints, source }: Foundation,
  { server, services, repeated }: Running,
): Promise<void> {
  await Promise.all([server.stop(), services.endpoints.deliverer.stop()]);
  await Promise.all([services.allocator, services.presence, ...repeated].map((one) => one.stop()));
  await hints.stop();
  await source.destroy();
}
