/**
 * Starts the network server on one port: GraphQL over HTTP, WebSockets and event streams, the pages, and the routes of
 * modules. It knows no feature: authentication, schema and routes come in through its options.
 */
import type { FastifyInstance } from "fastify";
import type { GraphQLSchema } from "graphql";
import { Documents } from "../platform/graphql/documents";
import { errorFormatter } from "../platform/graphql/errors";
import { followerHost } from "../platform/graphql/follower-host";
import { limits } from "../platform/graphql/limits";
import { graphqlPath, serveGraphQL } from "../platform/graphql/over-http";
import { addSchemaRoute } from "../platform/graphql/schema-route";
import { SessionMonitor } from "../platform/graphql/session-monitor";
import { ownRules } from "../platform/graphql/rules";
import type { GraphQLServerParts } from "../platform/graphql/server-parts";
import { Sockets } from "../platform/graphql/sockets";
import { streamPath, Streams } from "../platform/graphql/streams";
import { createApp } from "../platform/http/app";
import { trusting } from "../platform/http/client-address";
import { allowOrigins } from "../platform/http/cors";
import { drainable } from "../platform/http/drain";
import { byStatus, refuse } from "../platform/http/faults";
import { addHealth, type Readiness } from "../platform/http/health";
import type { Log } from "../platform/log";
import { createMetrics, type Metrics } from "../platform/metrics";
import { graphqlPage } from "../web/pages/graphql";
import { homePages } from "../web/pages/home";
import { rankingAddress, rankingPages } from "../web/pages/ranking";
import { showPage, showPages } from "../web/pages/show";

export interface ServerOptions<P> extends Pick<
  GraphQLServerParts<P>,
  "authenticate" | "context" | "stillValid"
> {
  readonly schema: GraphQLSchema;
  /** The part of the schema that the principal can use, as text. */
  readonly schemaFor: (principal: P) => string;
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  readonly ready: () => Promise<Readiness>;
  /** Whether pages of this origin, such as a form site, may read our responses. */
  readonly originAllowed: (origin: string) => Promise<boolean>;
  /** Adds routes, such as the key set with which receipts are verified. */
  readonly routes?: (app: FastifyInstance) => void;
  /** Addresses and ranges whose X-Forwarded-For and X-Forwarded-Proto are trusted. */
  readonly trustedProxies: readonly string[];
  readonly introspection: boolean;
  /** After how long a request is given up; a test on a busy machine takes more than the default. */
  readonly requestMs?: number;
  readonly log: Log;
  readonly metrics?: Metrics;
}

export interface RunningServer {
  readonly url: string;
  readonly wsUrl: string;
  /** The number of groups of followers, and of followers in all of them. */
  readonly followers: () => { readonly groups: number; readonly members: number };
  /** Finishes requests in flight, closes sockets with 1001, ends streams. Resolves within 8 s. May be called twice. */
  stop(): Promise<void>;
}

const drainMs = 6_000;

export async function startServer<P>(options: ServerOptions<P>): Promise<RunningServer> {
  const { log, ready, originAllowed } = options;
  const parts = serverPartsOf(options);
  const { metrics, requestMs } = parts;
  const trusts = trusting(options.trustedProxies);
  const app = createApp({ trusts, log, metrics, requestMs });
  const { drain, stopping } = drainable(app);
  allowOrigins(app, { paths: [graphqlPath, streamPath], originAllowed });
  addHealth(app, { ready, stopping, metrics, log });
  addPages(app);
  options.routes?.(app);
  const apollo = await serveGraphQL(app, parts, trusts);
  addSchemaRoute(app, parts, { trusts, schemaFor: options.schemaFor });
  const sessionMonitor = new SessionMonitor(parts);
  const sockets = new Sockets(parts, sessionMonitor, trusts);
  sockets.attach(app.server, graphqlPath);
  const streams = new Streams(parts, sessionMonitor, trusts);
  streams.attach(app);
  const url = await app.listen({ host: options.host, port: options.port });

  async function stop(): Promise<void> {
    await Promise.all([drain(drainMs), sockets.stop(drainMs), streams.stop()]);
    sessionMonitor.stop();
    await apollo.stop();
  }

  let stopped: Promise<void> | undefined;
  return {
    url,
    wsUrl: `${url.replace(/^http/, "ws")}${graphqlPath}`,
    followers: () => parts.followers.groups.size,
    stop: () => (stopped ??= stop()),
  };
}

function serverPartsOf<P>(options: ServerOptions<P>): GraphQLServerParts<P> {
  const { schema, log, introspection, authenticate, context, stillValid } = options;
  const { metrics = createMetrics(), requestMs = limits.requestMs } = options;
  const rules = ownRules(introspection);
  return {
    ...{ schema, rules, log, metrics, requestMs },
    documents: new Documents(schema, rules),
    followers: followerHost(log, metrics),
    formatError: errorFormatter({ log, suggestions: introspection }),
    authenticate,
    context,
    stillValid,
  };
}

function addPages(app: FastifyInstance): void {
  app.get("/", async (request, reply) => showPages(homePages, request, reply));
  app.get(rankingAddress, async (request, reply) => showPages(rankingPages, request, reply));
  app.get<{ Querystring: { query?: unknown } }>(graphqlPath, async (request, reply) => {
    if (request.query.query === undefined) return showPage(reply, graphqlPage);
    // A query in the URL would end up in browser histories and in the logs of proxies.
    void reply.header("allow", "POST");
    return refuse(reply, byStatus(405));
  });
}
