/**
 * Subscriptions for clients that cannot open a WebSocket: POST with `accept: text/event-stream`. GET is not
 * offered, because a query in a URL ends up in logs and any web page could send one.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { cancel, every } from "../clock";
import { secureOnly, standingHeaders } from "../http/app";
import type { Trusts } from "../http/client-address";
import { byStatus, overloaded, refuse } from "../http/faults";
import { limits } from "./limits";
import { callerOf } from "./over-http";
import type { SessionMonitor } from "./session-monitor";
import type { RawRequest } from "./request";
import type { Caller, GraphQLServerParts } from "./server-parts";
import { Stream } from "./stream";

export const streamPath = "/graphql/stream";

export class Streams<P> {
  private readonly open = new Set<Stream<P>>();
  private stopping = false;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly parts: GraphQLServerParts<P>,
    private readonly sessionMonitor: SessionMonitor<P>,
    private readonly trusts: Trusts,
  ) {
    this.timer = every(limits.keepAliveMs, () => {
      for (const stream of this.open) stream.keepAlive();
    }).unref();
  }

  attach(app: FastifyInstance): void {
    app.post(streamPath, async (request, reply) => this.serve(request, reply));
    app.get(streamPath, async (_request, reply) => {
      void reply.header("allow", "POST");
      return refuse(reply, byStatus(405));
    });
  }

  /** Ends every stream without `complete`, so that its client reconnects. */
  async stop(): Promise<void> {
    this.stopping = true;
    cancel(this.timer);
    for (const stream of this.open) stream.shutDown();
  }

  private async serve(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    if (this.stopping) return refuse(reply, overloaded);
    if (!accepts(request)) return refuse(reply, byStatus(406));
    const caller = await callerOf(request, this.parts, this.trusts);
    const raw = rawRequest(request.body);
    if (raw === null) return refuse(reply, byStatus(400));
    await this.hold(startResponse(request, reply), { caller, raw });
    return reply;
  }

  private async hold(
    { raw: response }: FastifyReply,
    { caller, raw }: { caller: Caller<P>; raw: RawRequest },
  ): Promise<void> {
    const stream = new Stream(response, caller, this.parts);
    const { openStreams } = this.parts.metrics;
    this.open.add(stream);
    this.sessionMonitor.add(stream);
    openStreams.inc();
    response.once("close", () => {
      this.open.delete(stream);
      this.sessionMonitor.remove(stream);
      openStreams.dec();
    });
    await stream.run(raw).catch((error: unknown) => stream.fail(error));
  }
}

const accepts = ({ headers }: FastifyRequest): boolean =>
  /\btext\/event-stream\b/i.test(headers.accept ?? "");

function rawRequest(body: unknown): RawRequest | null {
  const { query, operationName, variables } = (body ?? {}) as Record<string, unknown>;
  if (typeof query !== "string" || !isName(operationName) || !areVariables(variables)) return null;
  return { query, operationName, variables };
}

const isName = (value: unknown): value is string | null | undefined =>
  value === null || value === undefined || typeof value === "string";

const areVariables = (value: unknown): value is RawRequest["variables"] =>
  value === undefined || (typeof value === "object" && !Array.isArray(value));

/** Sends the headers. From here on the response is written directly, and Fastify's hooks no longer run. */
function startResponse(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  const own = {
    "content-type": "text/event-stream; charset=utf-8",
    // Tells nginx and similar proxies not to buffer the response.
    "x-accel-buffering": "no",
    connection: "keep-alive",
  };
  const secure = request.protocol === "https" ? { [secureOnly[0]]: secureOnly[1] } : {};
  const known = Object.fromEntries(
    Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]),
  );
  reply.raw.writeHead(200, { ...standingHeaders, ...secure, ...known, ...own });
  return reply;
}
