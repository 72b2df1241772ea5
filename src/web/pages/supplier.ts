/**
 * The pages that mails to suppliers link to: a lead, which requires signing in, and the answer to a revocation. The
 * link's subject is in the fragment of the URL, which browsers do not send and mail scanners do not act upon.
 */
import type { FastifyInstance } from "fastify";
import { readPageFile, serveFile } from "./files";

const folder = "supplier";
const assets = ["api.mjs", "forms.css", "lead.mjs", "revocation.mjs", "words.mjs"] as const;

export function addSupplierPages(app: FastifyInstance): void {
  serveFile(app, { at: "/demande-recue", kind: "html", content: readPageFile(folder, "lead.html") });
  serveFile(app, { at: "/retrait", kind: "html", content: readPageFile(folder, "revocation.html") });
  // Served under its path in this folder, so that imports resolve both here and in the browser.
  serveFile(app, {
    at: "/person/elements.mjs",
    kind: "mjs",
    content: readPageFile("person", "elements.mjs"),
  });
  for (const name of assets) {
    const kind = name.endsWith(".css") ? "css" : "mjs";
    serveFile(app, { at: `/demande-recue/${name}`, kind, content: readPageFile(folder, name) });
  }
}
