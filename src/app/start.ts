/** Starts one server on one database, and stops it again. What the program and its tests have in common. */
import type { FastifyInstance } from "fastify";
import { lossesBy } from "../campaigns/form-losses.service";
import { products } from "../catalogue";
import { publishForms } from "../catalogue/publish.service";
import type { Principal, RequestContext } from "../identity";
import { openDatabase, transactOn } from "../platform/database";
import { repeat, type Repeated } from "../platform/every";
import { Hints } from "../platform/hints";
import { checkInstallation } from "../platform/installation.service";
import type { Log } from "../platform/log";
import { migrate, pendingMigrations } from "../platform/migrate";
import { buildApi, buildResolvers } from "./api";
import type { Config } from "./config";
import { followImports, followMarket } from "./followers";
import { entities } from "./entities";
import type { Keys } from "./keys";
import { addPersonPage } from "./pages/person";
import { startServer, type RunningServer } from "./server";
import type { Foundation } from "./foundation";
import { buildServices, type Services } from "./services";

export interface StartOptions {
  readonly config: Config;
  readonly keys: Keys;
  readonly databaseUrl: string;
  readonly databaseOwnerUrl: string;
  readonly log: Log;
  readonly clock?: () => Date;
}

export interface RunningCarAtlas extends RunningServer {
  readonly services: Services;
}

const cleanEveryMs = 60_000;

export async function startCarAtlas(options: StartOptions): Promise<RunningCarAtlas> {
  const { databaseUrl, databaseOwnerUrl, log } = options;
  await migrate({ ownerUrl: databaseOwnerUrl, loginUser: decodeURIComponent(new URL(databaseUrl).username) });
  const stopping = new AbortController();
  const onError = (error: Error): void => {
    // A connection that breaks while everything is closed is closed: nothing to tell.
    if (!stopping.signal.aborted) log.warn({ err: error }, "a database connection broke; it is made again");
  };
  const source = await openDatabase({ url: databaseUrl, entities, onError });
  const hints = new Hints(databaseUrl, onError);
  try {
    await hints.start();
    const foundation = await layFoundation(options, { source, hints });
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
  readonly listening: { url: string };
}

async function layFoundation(
  options: StartOptions,
  base: Pick<Foundation, "source" | "hints">,
): Promise<Wiring> {
  const { config, keys, log } = options;
  const clock = options.clock ?? (() => new Date());
  const transact = transactOn(base.source);
  const feedEpoch = await checkInstallation(transact, keys);
  await publishForms(transact, { products, at: clock(), losses: lossesBy });
  const listening = { url: "" };
  const publicUrl = (): string => config.publicUrl ?? listening.url;
  return { ...base, keys, config, feedEpoch, clock, log, publicUrl, listening };
}

/** What subscriptions are made of. */
type Sources = Pick<Services, "feedSource" | "capWatch">;

async function run(foundation: Wiring, { config, log }: StartOptions): Promise<RunningCarAtlas> {
  const services = buildServices(foundation);
  await services.transact({ role: "worker" }, (tx) => services.centroids.load(tx));
  await services.market.look();
  const server = await startServer<Principal>({
    schema: buildApi(buildResolvers(services, foundation)),
    host: config.host,
    port: config.port,
    trustedProxies: config.trustedProxies,
    introspection: config.introspection,
    log,
    authenticate: async (bearer, origin) =>
      bearer === null ? null : services.identity.authenticate.authenticate(bearer, origin),
    originAllowed: (origin) => services.identity.authenticate.originAllowed(origin),
    stillValid: (principals) => services.identity.authenticate.stillValid(principals),
    context: ({ principal, clientAddress }): RequestContext & Sources => ({
      principal,
      clientAddress,
      memory: new Map(),
      feedSource: services.feedSource,
      capWatch: services.capWatch,
    }),
    ready: () => readiness(foundation, services),
    routes: (app) => {
      addRoutes(app, services);
    },
  });
  foundation.listening.url = server.url;
  services.allocator.start();
  services.presence.start();
  const repeated = [
    cleanUp(services, log),
    followImports(services, foundation),
    followMarket(services, foundation),
  ];
  return { ...server, services, stop: () => stopAll(foundation, { server, services, repeated }) };
}

function cleanUp({ intake, identity, transact, retention, ownCustomers }: Services, log: Log): Repeated {
  const clean = async (): Promise<void> => {
    const deleted = await intake.cleaner.run();
    if (deleted > 0) log.info({ deleted }, "unconfirmed requests were deleted");
    const erased = await retention.run();
    if (erased > 0) log.info({ erased }, "requests were erased after six months");
    await transact({ role: "worker" }, (tx) => identity.idempotency.forgetOld(tx));
    await transact({ role: "worker" }, (tx) => ownCustomers.forgetOld(tx));
  };
  return repeat(clean, {
    pauseMs: cleanEveryMs,
    onError: (error) => {
      log.error({ err: error }, "deleting what is kept no longer failed; it will be tried again");
    },
  });
}

function addRoutes(app: FastifyInstance, { receipts }: Services): void {
  app.get("/.well-known/jwks.json", async (_request, reply) => {
    void reply.header("cache-control", "public, max-age=3600");
    return receipts.publicKeys();
  });
  addPersonPage(app);
}

/** Centroids are no condition: without them everything works but what asks for them. */
async function readiness(
  { source }: Foundation,
  { centroids: { count }, market }: Services,
): Promise<{ ok: boolean; checks: Record<string, string> }> {
  const centroids =
    count > 0
      ? `${String(count)} imported`
      : "none imported: zones by circle and polygon match nobody whose exact position is not known";
  try {
    const pending = await pendingMigrations(source);
    const migrations = pending === 0 ? "ok" : `${String(pending)} pending`;
    const index = market.isWhole ? `${String(market.size)} campaigns` : "not read yet";
    return { ok: pending === 0 && market.isWhole, checks: { database: "ok", migrations, index, centroids } };
  } catch {
    return { ok: false, checks: { database: "not reachable", migrations: "unknown", centroids } };
  }
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
  await server.stop();
  await Promise.all([services.allocator, services.presence, ...repeated].map((one) => one.stop()));
  await hints.stop();
  await source.destroy();
}
