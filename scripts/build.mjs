/**
 * Compiles src/ and migrations/ to dist/, only what changed, without checking types (that is `npm run check`).
 *
 * An output has its source's modification time, so equal times mean that it is up to date. Each file is
 * written under a temporary name and then renamed: two builds may run at once, and a server that starts
 * meanwhile never reads half a file.
 */
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const dist = path.join(root, "dist");
/** Of docs/ only the texts: the server shows them. */
const sourceFolders = ["src", "migrations", "docs"];
const require = createRequire(import.meta.url);
const temporary = /\.\d+\.tmp$/;
const temporaryMaxAgeMs = 10 * 60_000;

const startedAt = performance.now();
const sources = (
  await Promise.all(sourceFolders.map((folder) => filesBelow(path.join(root, folder))))
).flat();
const wanted = sources.map(planned).filter((plan) => plan !== null);
const keyFile = path.join(dist, ".build-key");
const key = await buildKey();
const sameCompiler = (await readFile(keyFile, "utf8").catch(() => "")) === key;
const stale = (await inBatches(wanted, async (plan) => ((await isFresh(plan)) ? null : plan))).filter(
  Boolean,
);
const failures = (await inBatches(stale, build)).filter(Boolean);
const removed = await sweep();
if (failures.length === 0 && !sameCompiler) await put(keyFile, key);
for (const failure of failures) console.error(failure);
if (stale.length > 0 || removed > 0) {
  const tookMs = Math.round(performance.now() - startedAt);
  console.error(`build: ${stale.length - failures.length} written, ${removed} removed, ${tookMs} ms`);
}
process.exitCode = failures.length > 0 ? 1 : 0;

/** How a source is built, or null when it does not belong in dist. */
function planned(source) {
  const relative = path.relative(root, source);
  if (relative.startsWith(`docs${path.sep}`) && !/^[\w-]+\.md$/.test(path.relative("docs", relative)))
    return null;
  if (/\.(test|d)\.ts$/.test(source) || path.basename(source).startsWith(".")) return null;
  const compiled = source.endsWith(".ts");
  const output = path.join(dist, compiled ? relative.replace(/\.ts$/, ".js") : relative);
  return { source, output, compiled };
}

async function isFresh({ source, output, compiled }) {
  if (compiled && !sameCompiler) return false;
  const [from, to] = await Promise.all([stat(source), stat(output).catch(() => null)]);
  // Less than a millisecond apart: some file systems keep fewer digits than others.
  return to !== null && Math.abs(from.mtimeMs - to.mtimeMs) < 1;
}

async function build({ source, output, compiled }) {
  try {
    const { mtime } = await stat(source);
    await mkdir(path.dirname(output), { recursive: true });
    if (compiled) await compile(source, output, mtime);
    else await put(output, source, { copy: true, mtime });
    return null;
  } catch (error) {
    return `build: ${path.relative(root, source)}\n${error.message}`;
  }
}

async function compile(source, output, mtime) {
  const { transformFile } = require("@swc/core");
  const { code, map } = await transformFile(source, {
    ...require("./swc-options.cjs"),
    sourceFileName: path.relative(path.dirname(output), source),
  });
  await put(`${output}.map`, map);
  await put(output, `${code}//# sourceMappingURL=${path.basename(output)}.map\n`, { mtime });
}

async function put(output, content, { copy = false, mtime = null } = {}) {
  const beside = `${output}.${process.pid}.tmp`;
  await mkdir(path.dirname(output), { recursive: true });
  if (copy) await copyFile(content, beside);
  else await writeFile(beside, content);
  if (mtime) await utimes(beside, mtime, mtime);
  await rename(beside, output);
}

/** Removes outputs whose source is gone: a deleted module must not be importable. */
async function sweep() {
  const keep = new Set(wanted.flatMap(({ output }) => [output, `${output}.map`]));
  const present = (
    await Promise.all(sourceFolders.map((folder) => filesBelow(path.join(dist, folder))))
  ).flat();
  const gone = (
    await inBatches(present, async (file) => ((await isLeftOver(file, keep)) ? file : null))
  ).filter(Boolean);
  await inBatches(gone, (file) => rm(file, { force: true }));
  return gone.length;
}

async function isLeftOver(file, keep) {
  if (!temporary.test(file)) return !keep.has(file);
  // Another build may be about to rename it.
  const found = await stat(file).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > temporaryMaxAgeMs;
}

async function buildKey() {
  const hash = createHash("sha256").update(require("@swc/core/package.json").version);
  for (const file of ["build.mjs", "swc-options.cjs"])
    hash.update(await readFile(path.join(root, "scripts", file)));
  return hash.digest("hex");
}

async function filesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch((error) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

async function inBatches(items, work, size = 32) {
  const results = [];
  for (let from = 0; from < items.length; from += size) {
    results.push(...(await Promise.all(items.slice(from, from + size).map(work))));
  }
  return results;
}
