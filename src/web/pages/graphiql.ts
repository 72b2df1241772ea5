/**
 * GraphiQL at /graphiql, for development only. It comes from packages that a production installation does not have,
 * and loads nothing from other hosts.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { FastifyInstance } from "fastify";
import { readPageFile, serveFile } from "./files";

const address = "/graphiql";
const packaged = {
  "graphiql.js": "graphiql/graphiql.min.js",
  "graphiql.css": "graphiql/graphiql.min.css",
  "react.js": "react/umd/react.production.min.js",
  "react-dom.js": "react-dom/umd/react-dom.production.min.js",
} as const;

// The editor sets styles by script, so Trusted Types and a strict style-src would break it.
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Adds nothing when the packages are not installed. */
export function addGraphiql(app: FastifyInstance): void {
  const files = Object.entries(packaged).map(([name, file]) => ({ name, file: installed(file) }));
  if (files.some(({ file }) => file === null)) return;
  for (const { name, file } of files)
    serveFile(app, {
      at: `${address}/${name}`,
      kind: kindOf(name),
      content: readFileSync(file ?? "", "utf8"),
    });
  for (const name of ["main.mjs", "style.css"])
    serveFile(app, { at: `${address}/${name}`, kind: kindOf(name), content: readPageFile("graphiql", name) });
  const content = readPageFile("graphiql", "page.html");
  serveFile(app, { at: address, kind: "html", content, contentSecurityPolicy });
}

const kindOf = (name: string): "css" | "mjs" => (name.endsWith(".css") ? "css" : "mjs");

function installed(file: string): string | null {
  try {
    // The packages do not export these files by name.
    const [name = "", ...inside] = file.split("/");
    const found = path.join(path.dirname(require.resolve(`${name}/package.json`)), ...inside);
    return existsSync(found) ? found : null;
  } catch {
    return null;
  }
}
