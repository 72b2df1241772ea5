/** Serves pages made of static files, which use the public API from the browser and can run no other script. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { FastifyInstance } from "fastify";

const kinds = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
} as const;
export type FileKind = keyof typeof kinds;

// Nothing inline and nothing from other origins. Trusted Types keep text from becoming markup.
const strictPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/** Reads the file at the start, so that a missing file stops the start instead of failing a visitor. */
export const readPageFile = (...names: readonly string[]): string =>
  readFileSync(path.join(__dirname, ...names), "utf8");

export function serveFile(
  app: FastifyInstance,
  {
    at,
    kind,
    content,
    contentSecurityPolicy = strictPolicy,
  }: { at: string; kind: FileKind; content: string; contentSecurityPolicy?: string },
): void {
  app.get(at, async (_request, reply) => {
    if (kind === "html") void reply.header("content-security-policy", contentSecurityPolicy);
    return reply.type(kinds[kind]).send(content);
  });
}
