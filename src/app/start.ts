/** Starts a server on a database and stops it again, for the program and for tests. */
import type { Principal, RequestContext } from "../access/identity";
import { stripeCollector } from "../billing/payments/stripe.adapter";
import { elapsedMs, systemClock, type Clock } from "../platform/clock";
import { transactOn } from "../platform/database";
import type { Foundation, Keys } from "../platform/foundation";
import { checkInstallation } from "../platform/installation.service";
import { startJobs, type RunningJobs } from "../platform/job";
import { describeError, type Log } from "../platform/log";
import { createMetrics } from "../platform/metrics";
import { partsOf, type Route } from "../platform/module";
import { checkRealTime } from "../platform/present";
import { addWebPages } from "../web/pages/routes";
import { addSecurityTxt } from "../web/security-txt";
import { buildApi, permissions } from "./api";
import { openChecked } from "./database-check";
import { schemasByRole } from "./role-schemas";
import { entities } from "./entities";
import { SchemaDocuments } from "./event-documents";
import { hintTransportOf, hintsBy } from "./hint-transport";
import { composeModules } from "./compose";
import { modulesInOrder, servicesOf, type Modules, type Services } from "./modules";
import { readiness } from "./readiness";
import { startServer, type RunningServer } from "./server";
import type { Config } from "./settings/config";

export interface StartOptions {
  readonly config: Config;
  readonly keys: Keys;
  readonly databaseUrl: string;
  readonly log: Log;
  readonly clock?: Clock;
  readonly requestMs?: number;
  /** How long a transaction waits for a connection. */
  readonly connectTimeoutMs?: number;
  readonly outboundTimeoutMs?: number;
}

export interface RunningCarAtlas extends RunningServer {
  readonly services: Services;
}

export async function startCarAtlas(options: StartOptions): Promise<RunningCarAtlas> {
  const { databaseUrl, log, connectTimeoutMs } = options;
  const stopping = new AbortController();
  const onError = (error: Error): void => {
    // Connections that close during a shutdown are not worth reporting.
    if (!stopping.signal.aborted)
      log.warn({ err: error }, "a database connection broke and will be replaced");
  };
  const { databaseLoginSecret: loginSecret, databasePools: poolSizes } = options.config;
  const server = { url: databaseUrl, loginSecret, poolSizes };
  const database = await openChecked(options.config, { ...server, entities, onError, connectTimeoutMs });
  const metrics = createMetrics();
  const transport = hintTransportOf(options.config, databaseUrl);
  const hints = hintsBy(transport, { log, metrics, stopping: stopping.signal });
  try {
    await hints.start();
    const foundation = await layFoundation(options, { database, hints, metrics });
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
    await database.destroy();
    throw error;
  }
}

interface Listening extends Foundation {
  readonly listening: { url: string };
}

async function layFoundation(
  { config, keys, log, clock = systemClock }: StartOptions,
  base: Pick<Foundation, "database" | "hints" | "metrics">,
): Promise<Listening> {
  if (config.nodeEnv === "production") await checkRealTime(clock, transactOn(base.database));
  const transact = transactOn(base.database, clock, reportAway(log));
  const feedEpoch = await checkInstallation(transact, keys);
  const listening = { url: "" };
  const publicUrl = (): string => config.publicUrl ?? listening.url;
  return { ...base, transact, keys, feedEpoch, clock, log, publicUrl, listening };
}

const reportEveryMs = 10_000;

/** Reports that the database is away, but not once for every request. */
function reportAway(log: Log): (error: unknown) => void {
  let reportedMs = -reportEveryMs;
  return (error) => {
    if (elapsedMs() - reportedMs < reportEveryMs) return;
    reportedMs = elapsedMs();
    log.error({ err: describeError(error) }, "the database is not available; requests are answered with 503");
  };
}

type Caller = Pick<RequestContext, "principal" | "clientAddress">;

/** What subscriptions read from. */
interface Sources {
  readonly accountWatch: Services["billing"]["reporting"]["accountWatch"];
  readonly invoiceRuns: Services["billing"]["runs"]["invoiceRuns"];
  readonly bankStatements: Services["billing"]["bank"]["bankStatements"];
  readonly feedSource: Services["account"]["feed"]["source"];
  readonly capWatch: Services["allocation"]["assign"]["capWatch"];
}

function contextsOf({ account, billing, allocation }: Modules): (caller: Caller) => RequestContext & Sources {
  const { accountWatch } = billing.services.reporting;
  const { invoiceRuns } = billing.services.runs;
  const { bankStatements } = billing.services.bank;
  const { source: feedSource } = account.services.feed;
  const { capWatch } = allocation.services.assign;
  return ({ principal, clientAddress }) => ({
    principal,
    clientAddress,
    accountWatch,
    invoiceRuns,
    bankStatements,
    feedSource,
    capWatch,
    memory: new Map(),
  });
}

async function run(foundation: Listening, options: StartOptions): Promise<RunningCarAtlas> {
  const { config, log, requestMs, outboundTimeoutMs } = options;
  const documents = new SchemaDocuments();
  const collector = config.stripe === null ? null : await stripeCollector(config.stripe);
  const modules = composeModules(foundation, { config, collector, documents, outboundTimeoutMs });
  const { prepare, resolvers, jobs, healthChecks } = partsOf(modulesInOrder(modules));
  for (const step of prepare) await step();
  const schema = buildApi(resolvers);
  const contextOf = contextsOf(modules);
  documents.serve({ schema, contextOf: (principal) => contextOf({ principal, clientAddress: "" }) });
  const { authenticate } = modules.access.services.identity;
  const server = await startServer<Principal>({
    schema,
    schemaFor: schemasByRole(schema),
    host: config.host,
    port: config.port,
    trustedProxies: config.trustedProxies,
    introspection: config.introspection,
    ...(requestMs !== undefined && { requestMs }),
    log,
    metrics: foundation.metrics,
    authenticate: async (bearer, origin) =>
      bearer === null ? null : authenticate.authenticate(bearer, origin),
    originAllowed: (origin) => authenticate.originAllowed(origin),
    stillValid: (principals) => authenticate.stillValid(principals),
    context: contextOf,
    ready: () => readiness(foundation, healthChecks),
    routes: routesOf(foundation, config, modules),
  });
  foundation.listening.url = server.url;
  const running = startJobs(jobs);
  return {
    ...server,
    services: servicesOf(foundation, modules),
    stop: () => stopAll(foundation, server, running),
  };
}

/** All addresses outside GraphQL. */
const routesOf =
  (
    { clock, publicUrl }: Foundation,
    { securityContact, nodeEnv, introspection, onboarding }: Config,
    modules: Modules,
  ): Route =>
  (app) => {
    const { routes, fileKinds, uploadKinds } = partsOf(modulesInOrder(modules));
    addSecurityTxt(app, { contact: securityContact, publicUrl, clock });
    const addFiles = modules.access.services.files.routeFor({ kinds: fileKinds, permissions });
    const addUploads = modules.access.services.uploads.routeFor({ kinds: uploadKinds, permissions });
    for (const add of [...routes, addFiles, addUploads]) add(app);
    const forDevelopers = nodeEnv !== "production" && introspection;
    addWebPages(app, { termsVersion: onboarding.terms.version, forDevelopers });
  };

async function stopAll(
  { hints, database }: Foundation,
  server: RunningServer,
  jobs: RunningJobs,
): Promise<void> {
  await Promise.all([server.stop(), jobs.stopWithServer()]);
  await jobs.stop();
  await hints.stop();
  await database.destroy();
}
