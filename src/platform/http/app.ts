/**
 * Creates the HTTP server with its time and size limits, common response headers and error format. Routes are
 * added elsewhere.
 */
import Fastify, { type FastifyInstance } from "fastify";
import { after, cancel } from "../clock";
import { limits } from "../graphql/limits";
import type { Log } from "../log";
import type { Metrics } from "../metrics";
import type { Trusts } from "./client-address";
import { answerFaults, byStatus, refusalOf, refuse, tooSlow } from "./faults";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Instead of the requestMs of all routes, where a body may take longer. */
    readonly requestMs?: number;
  }
}

const unreadMs = 2_000;

export interface AppOptions {
  readonly trusts: Trusts;
  readonly log: Log;
  readonly metrics: Metrics;
  /** A request that takes longer, apart from its headers, is given up. */
  readonly requestMs: number;
}

export function createApp({ trusts, log, metrics, requestMs }: AppOptions): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: limits.bodyBytes,
    // Node knows no limit for each address, so this one is that of the slowest. See endInTime and closeUnread.
    requestTimeout: limits.headersMs + Math.max(requestMs, limits.uploadMs),
    keepAliveTimeout: 65_000,
    trustProxy: (address: string) => trusts(address),
    // By default Node checks for overdue requests every 30 s, which is too late for a limit of seconds.
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: 1_000 },
    frameworkErrors: (error, _request, reply) => {
      refuse(reply, refusalOf(error, log));
    },
  });
  // Only JSON is parsed, because any web page can send text/plain and forms without a CORS preflight.
  app.removeContentTypeParser("text/plain");
  answerFaults(app, log);
  endInTime(app, { log, requestMs });
  closeUnread(app);
  addHeaders(app);
  countRequests(app, { log, metrics });
  return app;
}

/** The default headers of every response. */
export const standingHeaders: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

export const secureOnly = ["strict-transport-security", "max-age=31536000; includeSubDomains"] as const;

function addHeaders(app: FastifyInstance): void {
  app.addHook("onSend", async (request, reply) => {
    for (const [name, value] of Object.entries(standingHeaders)) {
      if (!reply.hasHeader(name)) void reply.header(name, value);
    }
    if (request.protocol === "https") void reply.header(...secureOnly);
  });
}

// Fastify's handlerTimeout is reset when a body has been read, so it never ends a POST.
function endInTime(app: FastifyInstance, { log, requestMs }: Pick<AppOptions, "log" | "requestMs">): void {
  app.addHook("onRequest", async (request, reply) => {
    const timer = after(request.routeOptions.config.requestMs ?? requestMs, () => {
      // A file that is being sent may take longer.
      if (reply.sent || reply.raw.headersSent) return;
      // The body did not arrive completely, so the client is late and nothing was executed.
      if (!request.raw.complete) return void refuse(reply, byStatus(408));
      log.warn("A request was given up because it took too long");
      refuse(reply, tooSlow);
    });
    reply.raw.once("close", () => cancel(timer));
  });
}

/**
 * Closes the connection when a request was answered before its body had arrived. What still arrives is read for a
 * moment before that, because a client that is sending would otherwise lose the answer.
 */
function closeUnread(app: FastifyInstance): void {
  app.addHook("onResponse", async ({ raw }) => {
    if (raw.complete || raw.destroyed) return;
    raw.resume();
    const timer = after(unreadMs, () => {
      if (!raw.complete) raw.destroy();
    });
    raw.once("close", () => cancel(timer));
  });
}

function countRequests(app: FastifyInstance, { log, metrics }: Pick<AppOptions, "log" | "metrics">): void {
  app.addHook("onResponse", async (request, reply) => {
    // Log the route pattern and never the URL, which may contain private data.
    const route = request.routeOptions.url ?? "unknown";
    const status = reply.statusCode;
    metrics.httpSeconds.observe({ route, status }, reply.elapsedTime / 1000);
    log.debug({ method: request.method, route, status, ms: Math.round(reply.elapsedTime) }, "request");
  });
}
