import { readFileSync } from "node:fs";
import path from "node:path";
import { pageSizes } from "./connection";
import { limits } from "./limits";

const page = readFileSync(path.resolve(__dirname, "../../../docs/limits.md"), "utf8");
const documented = new Map(
  [...page.matchAll(/^\| (.+?) +\| ([\d.,]+) +\|$/gm)].map(([, name = "", value = ""]) => [
    name,
    Number(value.replaceAll(",", "")),
  ]),
);

/** Compared in src/access/uploads/upload.test.ts. */
const ofUploads = /^(uploads|minutes) /;

it("are those of docs/limits.md", () => {
  expect(Object.fromEntries([...documented].filter(([name]) => !ofUploads.test(name)))).toEqual({
    "depth of an operation": limits.depth,
    "aliases in an operation": limits.aliases,
    "directives in an operation": limits.directives,
    "root fields of a query": limits.rootFields,
    "mutation fields in an operation": 1,
    "fields of an operation, with its fragments expanded": limits.fields,
    "tokens of a document": limits.tokens,
    "items of a list, where nothing else is said": limits.listItems,
    "bytes of an HTTP request": limits.bodyBytes,
    "bytes of an uploaded file": limits.uploadBytes,
    "seconds for an upload": limits.uploadMs / 1000,
    "seconds without a byte before an upload is ended": limits.slowReaderMs / 1000,
    "bytes of a WebSocket frame": limits.frameBytes,
    "operations at once on a WebSocket": limits.operationsPerSocket,
    "rows of a page (`first`), by default": pageSizes.byDefault,
    "rows of a page (`first`), at most": pageSizes.largest,
    "unread bytes of a client before it is disconnected": limits.unreadBytes,
    "seconds for an answer over HTTP": limits.requestMs / 1000,
  });
});
