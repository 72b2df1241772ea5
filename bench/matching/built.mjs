/** Loads modules of the production build (`npm run build`), so that benchmarks measure what runs in production. */
import { createRequire } from "node:module";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);

/** Loads a module by its path below src/, without the extension. */
export function built(module) {
  // Entities use decorators, which need this to be loaded first.
  require("reflect-metadata");
  return require(path.join(root, "dist/src", module));
}
