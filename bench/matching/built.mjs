/** The product as it is built (npm run build), for benchmarks: they measure what runs in production. */
import { createRequire } from "node:module";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);

/** A module of src/ by its path there, without the ending. */
export function built(module) {
  // Entities are classes with decorators, which ask for this first.
  require("reflect-metadata");
  return require(path.join(root, "dist/src", module));
}
