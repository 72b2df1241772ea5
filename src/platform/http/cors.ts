/**
 * CORS for the pages of registered form sites. Each origin is checked individually; there is no wildcard and there
 * are no cookies. Other origins get the same response without the header, so the browser hides it from the page.
 */
import type { FastifyInstance, FastifyReply } from "fastify";

export interface CorsOptions {
  readonly paths: readonly string[];
  readonly originAllowed: (origin: string) => Promise<boolean>;
}

const maxOriginLength = 255;

export function allowOrigins(app: FastifyInstance, { paths, originAllowed }: CorsOptions): void {
  app.addHook("onRequest", async (request, reply) => {
    if (!paths.includes(request.routeOptions.url ?? "")) return;
    // A cache must not serve one origin's response to another.
    void reply.header("vary", "Origin");
    const allowed = await isAllowed(request.headers.origin);
    if (allowed) void reply.header("access-control-allow-origin", request.headers.origin);
    if (request.method === "OPTIONS") return answerPreflight(reply, allowed);
  });

  const isAllowed = async (origin: string | undefined): Promise<boolean> =>
    origin !== undefined && origin.length <= maxOriginLength && (await originAllowed(origin));

  // The hook above answers the request. The route exists only so that the hook runs.
  for (const path of paths) app.options(path, async (_request, reply) => reply.code(204).send());
}

function answerPreflight(reply: FastifyReply, allowed: boolean): FastifyReply {
  if (allowed) {
    void reply.header("access-control-allow-methods", "POST");
    void reply.header("access-control-allow-headers", "authorization, content-type, accept, accept-language");
    void reply.header("access-control-max-age", "600");
  }
  return reply.code(204).send();
}
