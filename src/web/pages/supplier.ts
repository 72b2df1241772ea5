/**
 * The pages that mails to suppliers link to: a lead, read after a sign-in, and the answer to a revocation. What the
 * link is about stands in the address's fragment, which no browser sends and no scanner of mails acts upon.
 */
import type { FastifyInstance } from "fastify";
import { readPageFile, serveFile } from "./files";

const folder = "supplier";
const assets = ["api.mjs", "forms.css", "lead.mjs", "revocation.mjs", "words.mjs"] as const;

export function addSupplierPages(app: FastifyInstance): void {
  serveFile(app, { at: "/demande-recue", kind: "html", content: readPageFile(folder, "lead.html") });
  serveFile(app, { at: "/retrait", kind: "html", content: readPageFile(folder, "revocation.html") });
  // By the name it has here, so that what imports it finds it in the folder and in the browser.
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
