/** Pages of files that ask the public API from the browser: served as they are, and able to run nothing else. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { FastifyInstance } from "fastify";

const kinds = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
} as const;
export type FileKind = keyof typeof kinds;

// No inline script or style, nobody else's anything, and text can never become markup.
const contentSecurityPolicy = [
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

/** Reads the file at once: a missing one stops the start, not a person. */
export const readPageFile = (...names: readonly string[]): string =>
  readFileSync(path.join(__dirname, ...names), "utf8");

export function serveFile(
  app: FastifyInstance,
  { at, kind, content }: { at: string; kind: FileKind; content: string },
): void {
  app.get(at, async (_request, reply) => {
    if (kind === "html") void reply.header("content-security-policy", contentSecurityPolicy);
    return reply.type(kinds[kind]).send(content);
  });
}
