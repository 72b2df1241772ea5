/** The scripts that more than one page imports, under their path in this folder, so that imports resolve in both. */
import type { FastifyInstance } from "fastify";
import { readPageFile, serveFile } from "./files";

const folder = "shared";

export function addSharedFiles(app: FastifyInstance): void {
  for (const name of ["api.mjs", "elements.mjs", "language.mjs"]) {
    serveFile(app, { at: `/${folder}/${name}`, kind: "mjs", content: readPageFile(folder, name) });
  }
}
