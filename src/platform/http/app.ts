/**
 * The HTTP server itself: time and size limits, the headers that every answer carries, and one way to refuse.
 * What it serves is added by others.
 */
import Fastify, { type FastifyInstance } from "fastify";
import { after, cancel } from "../clock";
import { limits } from "../graphql/limits";
import type { Log } from "../log";
import type { Metrics } from "../metrics";
import type { Trusts } from "./client-address";
import { answerFaults, byStatus, refusalOf, refuse, tooSlow } from "./faults";

export interface AppOptions {
  readonly trusts: Trusts;
  readonly log: Log;
  readonly metrics: Metrics;
}

export function createApp({ trusts, log, metrics }: AppOptions): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.headersMs + limits.requestMs,
    keepAliveTimeout: 65_000,
    trustProxy: (address: string) => trusts(address),
    // Node looks for overdue requests every 30 s unless told otherwise: too late for a limit of seconds.
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: 1_000 },
    frameworkErrors: (error, _request, reply) => {
      refuse(reply, refusalOf(error, log));
    },
  });
  // Only JSON is read: a browser can send text/plain and forms to us from any page, without asking first.
  app.removeContentTypeParser("text/plain");
  answerFaults(app, log);
  endInTime(app, log);
  addHeaders(app);
  countRequests(app, { log, metrics });
  return app;
}

/** What every answer carries, unless it says otherwise. */
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

// Fastify's own handlerTimeout is put off as soon as a body has been read, so it never ends a POST.
function endInTime(app: FastifyInstance, log: Log): void {
  app.addHook("onRequest", async (request, reply) => {
    const timer = after(limits.requestMs, () => {
      if (reply.sent) return;
      // A body that never came whole is the sender's delay, and nothing was carried out.
      if (!request.raw.complete) return void refuse(reply, byStatus(408));
      log.warn("A request was given up because it took too long");
      refuse(reply, tooSlow);
    });
    reply.raw.once("close", () => cancel(timer));
  });
}

function countRequests(app: FastifyInstance, { log, metrics }: Pick<AppOptions, "log" | "metrics">): void {
  app.addHook("onResponse", async (request, reply) => {
    // The pattern of the route, never the address: an address can carry what is nobody's business.
    const route = request.routeOptions.url ?? "unknown";
    const status = reply.statusCode;
    metrics.httpSeconds.observe({ route, status }, reply.elapsedTime / 1000);
    log.debug({ method: request.method, route, status, ms: Math.round(reply.elapsedTime) }, "request");
  });
}
