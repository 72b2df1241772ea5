/**
 * Lets the pages of registered form sites read our answers. Each origin is asked about by name; there is no
 * wildcard and there are no cookies. An origin that is not allowed gets the same answer without the header,
 * and its browser keeps it from the page.
 */
import type { FastifyInstance, FastifyReply } from "fastify";

export interface CorsOptions {
  readonly paths: readonly string[];
  readonly originAllowed: (origin: string) => Promise<boolean>;
}

const longestOrigin = 255;

export function allowOrigins(app: FastifyInstance, { paths, originAllowed }: CorsOptions): void {
  app.addHook("onRequest", async (request, reply) => {
    if (!paths.includes(request.routeOptions.url ?? "")) return;
    // A cache must not hand one origin's answer to another.
    void reply.header("vary", "Origin");
    const allowed = await isAllowed(request.headers.origin);
    if (allowed) void reply.header("access-control-allow-origin", request.headers.origin);
    if (request.method === "OPTIONS") return answerPreflight(reply, allowed);
  });

  const isAllowed = async (origin: string | undefined): Promise<boolean> =>
    origin !== undefined && origin.length <= longestOrigin && (await originAllowed(origin));

  // The hook has answered before this is reached; the route is there so that the hook runs.
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
