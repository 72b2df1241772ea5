/** What the documents list must be all there is. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { refusalReasons } from "../../src/matching";

const documented = (file: string): string => readFileSync(path.join(__dirname, "../../docs", file), "utf8");

it("docs/allocation.md explains every reason once, and no other", () => {
  const named = [...documented("allocation.md").matchAll(/^\| `([A-Z_]+)` /gm)].map(([, reason]) => reason);
  expect([...named].sort()).toEqual([...refusalReasons].sort());
});
