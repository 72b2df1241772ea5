/**
 * The pages that mails to suppliers link to: a lead, which requires signing in, and the answer to a revocation. The
 * link's subject is in the fragment of the URL, which browsers do not send and mail scanners do not act upon.
 */
import type { FastifyInstance } from "fastify";
import { readPageFile, serveFile } from "./files";

const folder = "supplier";
const assets = ["api.mjs", "forms.css", "frame.mjs", "lead.mjs", "revocation.mjs", "words.mjs"] as const;

export function addSupplierPages(app: FastifyInstance): void {
  const page = readPageFile(folder, "page.html");
  const serve = (at: string, title: string, script: (typeof assets)[number]): void => {
    const content = page.replaceAll("{{title}}", title).replace("{{script}}", script);
    serveFile(app, { at, kind: "html", content });
  };
  serve("/demande-recue", "Demande reçue", "lead.mjs");
  serve("/retrait", "Retrait d’une demande", "revocation.mjs");
  for (const name of assets) {
    const kind = name.endsWith(".css") ? "css" : "mjs";
    serveFile(app, { at: `/demande-recue/${name}`, kind, content: readPageFile(folder, name) });
  }
}
