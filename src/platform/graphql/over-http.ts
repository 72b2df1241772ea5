/** GraphQL over POST. Apollo parses and executes; we authenticate before it and format the errors. */
import {
  ApolloServer,
  HeaderMap,
  type ApolloServerPlugin,
  type GraphQLRequestContext,
  type HTTPGraphQLHead,
} from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { clientAddressOf, type Trusts } from "../http/client-address";
import { bearerOf, languageOf } from "./credentials";
import { errorCodeOf } from "./errors";
import { limits } from "./limits";
import { isSubscription } from "./request";
import { withSeparateItems } from "./separate-items";
import type { Caller, GraphQLServerParts } from "./server-parts";
import { variablesError } from "./variables";

export const graphqlPath = "/graphql";

/** Serves POST /graphql. Stop the returned server after the HTTP server has stopped. */
export async function serveGraphQL<P>(
  app: FastifyInstance,
  parts: GraphQLServerParts<P>,
  trusts: Trusts,
): Promise<{ stop(): Promise<void> }> {
  const apollo = apolloFor(parts);
  await apollo.start();
  const callers = new WeakMap<FastifyRequest, Caller<P>>();
  app.route({
    method: "POST",
    url: graphqlPath,
    preHandler: async (request) => {
      callers.set(request, await callerOf(request, parts, trusts));
    },
    handler: fastifyApolloHandler(apollo, {
      context: async (request) => parts.context(callers.get(request) ?? anonymous),
    }),
  });
  return apollo;
}

const anonymous = { principal: null, clientAddress: "", language: null } as const;

export async function callerOf<P>(
  request: FastifyRequest,
  parts: GraphQLServerParts<P>,
  trusts: Trusts,
): Promise<Caller<P>> {
  const { authorization, origin } = request.headers;
  const clientAddress = clientAddressOf(request.raw, trusts);
  const principal = await parts.authenticate(bearerOf(authorization), origin ?? null, clientAddress);
  return { principal, clientAddress, language: languageOf(request.headers["accept-language"]) };
}

function apolloFor<P>(parts: GraphQLServerParts<P>): ApolloServer<object> {
  return new ApolloServer<object>({
    schema: parts.schema,
    // One of our own validation rules decides about introspection, the same for all transports.
    introspection: true,
    validationRules: [...parts.rules],
    parseOptions: { maxTokens: limits.tokens },
    formatError: (_formatted, error) => parts.formatError(error),
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    nodeEnv: "production",
    logger: quietLogger(parts),
    plugins: [
      checksAndCounts(parts),
      // Disabled explicitly, because environment variables could enable some. The landing page would need a CDN.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

// Apollo's messages may contain error texts, and so values. `formatError` logs errors safely.
function quietLogger<P>({ log }: GraphQLServerParts<P>) {
  const note = () => log.debug("Apollo Server logged a message; its text is omitted");
  return { debug: note, info: note, warn: note, error: note };
}

function checksAndCounts<P>(parts: GraphQLServerParts<P>): ApolloServerPlugin<object> {
  return {
    requestDidStart: async () => ({
      responseForOperation: async (request) => {
        const error = refusalOf(parts, request);
        if (!error) return null;
        const http = { status: 400, headers: new HeaderMap() };
        return { http, body: { kind: "single", singleResult: { errors: [parts.formatError(error)] } } };
      },
      willSendResponse: async ({ operation, response }) => {
        const { errors, data } = response.body.kind === "single" ? response.body.singleResult : {};
        adviseRetry(response.http, { errors: errors ?? [], hasData: hasData(data) });
        count(parts, operation?.operation ?? "unknown", errors?.[0]);
      },
    }),
  };
}

function refusalOf<P>(
  { schema }: GraphQLServerParts<P>,
  { operation, request }: GraphQLRequestContext<object>,
): GraphQLError | null {
  if (!operation) return null;
  if (isSubscription(operation)) return new GraphQLError(useTheSocket);
  request.variables = withSeparateItems(schema, operation, request.variables ?? {});
  return variablesError(schema, operation, request.variables);
}

const hasData = (data: Readonly<Record<string, unknown>> | null | undefined): boolean =>
  Object.values(data ?? {}).some((value) => value !== null);

/** Says in the HTTP headers when to try again. What was not configured is not available later either. */
function adviseRetry(
  http: HTTPGraphQLHead,
  { errors, hasData }: { errors: readonly GraphQLFormattedError[]; hasData: boolean },
): void {
  const waits = errors.map(({ extensions }) => Number(extensions?.["retryAfterSeconds"] ?? 0));
  const longest = Math.max(0, ...waits);
  if (longest > 0) http.headers.set("retry-after", String(longest));
  if (longest > 0 && !hasData && errors.some((error) => errorCodeOf(error) === "UNAVAILABLE"))
    http.status = 503;
}

const useTheSocket =
  "Subscriptions travel over a WebSocket at this same address, with the protocol graphql-transport-ws, or as an event stream from /graphql/stream.";

function count<P>(
  { metrics }: GraphQLServerParts<P>,
  type: string,
  error: GraphQLFormattedError | undefined,
): void {
  metrics.operations.inc({ type, outcome: errorCodeOf(error) });
}
