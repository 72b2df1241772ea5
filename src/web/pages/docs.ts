/** Serves the documentation of this version as text, and a page that lists it. The build copies docs/ next to the program. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { FastifyInstance } from "fastify";
import { page } from "./page";
import { showPage } from "./show";

export const docsAddress = "/docs";
const folder = path.join(__dirname, "../../../docs");

const titleOf = (text: string): string => /^# (.+)$/m.exec(text)?.[1]?.replaceAll(/[<&]/g, "") ?? "";

export function addDocs(app: FastifyInstance): void {
  const files = readdirSync(folder).filter((name) => name.endsWith(".md"));
  const texts = files.map((name) => ({ name, text: readFileSync(path.join(folder, name), "utf8") }));
  const items = texts.map(
    ({ name, text }) => `<li><a href="${docsAddress}/${name}">${titleOf(text)}</a></li>`,
  );
  const list = page(
    "EN",
    "Documentation – CarAtlas",
    `<h1>Documentation</h1>\n<ul>${items.join("\n")}</ul>\n<p><a href="/">CarAtlas</a></p>`,
  );
  app.get(docsAddress, async (_request, reply) => showPage(reply, list));
  for (const { name, text } of texts)
    app.get(`${docsAddress}/${name}`, async (_request, reply) =>
      reply.type("text/plain; charset=utf-8").send(text),
    );
}
