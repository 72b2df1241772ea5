/**
 * Are the documents true, as far as a test can tell: do links and paths lead somewhere, is the README short, are
 * all decisions listed, and does the picture of the modules agree with the import rules?
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const root = path.resolve(__dirname, "../..");
const generated = new Set(["node_modules", "dist", "coverage", ".data", ".git"]);

function markdownIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return generated.has(entry.name) ? [] : markdownIn(name);
    return name.endsWith(".md") ? [name] : [];
  });
}

const read = (name: string): string => readFileSync(path.join(root, name), "utf8");
const withoutCodeBlocks = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, "");
const exists = (name: string): boolean => existsSync(path.join(root, name));

/** The anchors that GitHub gives to the headings of a file. */
function anchorsOf(name: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of withoutCodeBlocks(read(name)).matchAll(/^#+ (.*)$/gm)) {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-");
    let unique = anchor;
    for (let nth = 1; anchors.has(unique); nth++) unique = `${anchor}-${nth}`;
    anchors.add(unique);
  }
  return anchors;
}

function isBroken(from: string, link: string): boolean {
  const [file = "", anchor] = link.split("#");
  const target = file === "" ? from : path.posix.join(path.posix.dirname(from), decodeURIComponent(file));
  if (!exists(target)) return true;
  if (anchor === undefined || statSync(path.join(root, target)).isDirectory()) return false;
  return target.endsWith(".md") && !anchorsOf(target).has(anchor);
}

const relativeLinks = (name: string): string[] =>
  [...withoutCodeBlocks(read(name)).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = ""]) =>
    /^[a-z]+:/.test(link) ? [] : [link],
  );

/** Paths of the repository that stand in inline code, such as `src/shared/months.ts`. */
const pathsIn = (text: string): string[] =>
  [
    ...withoutCodeBlocks(text).matchAll(
      /`((?:src|test|docs|migrations|scripts|bench|\.ci|\.github)\/[\w./-]*)`/g,
    ),
  ].map(([, found = ""]) => found);

const sectionOf = (name: string, heading: string): string => {
  const [, section] = read(name).split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`${name} has no section "${heading}".`);
  return section.split("\n## ")[0] ?? "";
};

/** Templates under .github are shown on other pages, where relative links lead elsewhere. */
const all = markdownIn("").filter((name) => !name.startsWith(".github/"));
const decisions = all.filter((name) => /^docs\/decisions\/\d{4}-/.test(name));
/** Records of a day may name paths of that day. */
const living = all.filter((name) => !decisions.includes(name) && !name.startsWith("docs/soak/"));

it.each(all)("%s has no broken relative link", (name) => {
  expect(relativeLinks(name).filter((link) => isBroken(name, link))).toEqual([]);
});

it.each(living)("%s names only paths that exist", (name) => {
  expect(pathsIn(read(name)).filter((found) => !exists(found))).toEqual([]);
});

it("finds a broken link, a missing heading and a path that does not exist", () => {
  expect(isBroken("README.md", "docs/no-such-file.md")).toBe(true);
  expect(isBroken("README.md", "docs/architecture.md#no-such-heading")).toBe(true);
  expect(isBroken("README.md", "docs/architecture.md#database-roles")).toBe(false);
  expect(pathsIn("See `src/no-such-file.ts`.").filter((found) => !exists(found))).toEqual([
    "src/no-such-file.ts",
  ]);
});

it("keeps the README within 1,500 words", () => {
  expect(read("README.md").split(/\s+/).filter(Boolean).length).toBeLessThanOrEqual(1_500);
});

it("answers at least twenty times where something is, each time with paths that exist", () => {
  const rows = sectionOf("docs/architecture.md", "Where do I find…")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2);
  expect(rows.length).toBeGreaterThanOrEqual(20);
  expect(rows.filter((row) => pathsIn(row).length === 0)).toEqual([]);
});

it("gives every decision a number of its own and lists it under its title", () => {
  const numbers = decisions.map((name) => path.posix.basename(name).slice(0, 4));
  expect(numbers.filter((number, nth) => numbers.indexOf(number) !== nth)).toEqual([]);
  const listed = [
    ...read("docs/decisions/README.md").matchAll(/^\| \[(\d{4})\]\(([^)]+)\) *\| (.*?) *\|$/gm),
  ].map(([, number, file, title]) => `${number} ${file}: ${title}`);
  const written = decisions.map((name) => {
    const file = path.posix.basename(name);
    const title = /^# (?:\d+\.? )?(.*)$/m.exec(read(name))?.[1] ?? "";
    return `${file.slice(0, 4)} ${file}: ${title}`;
  });
  expect(listed).toEqual(written.sort());
});

interface Feature {
  readonly mayUse: readonly string[];
  readonly owns: readonly string[];
  readonly publishes?: readonly string[];
  readonly mayRead?: Readonly<Record<string, unknown>>;
}

const { features } = createRequire(__filename)("../../scripts/architecture/features.cjs") as {
  readonly features: Readonly<Record<string, Feature>>;
};
const moduleOf = (feature: string): string => feature.split("/")[0] ?? "";

/** Which modules each module reaches, directly or by way of others. */
function reachedBy(arrows: readonly (readonly [string, string])[], from: string): string[] {
  const reached = new Set([from]);
  for (const one of reached) {
    for (const [tail, head] of arrows) if (tail === one) reached.add(head);
  }
  reached.delete(from);
  return [...reached].sort();
}

it("draws the modules with the arrows that imports and SQL may follow", () => {
  const ownerOf = new Map(
    Object.entries(features).flatMap(([name, { owns, publishes = [] }]) =>
      [...owns, ...publishes].map((relation) => [relation, name] as const),
    ),
  );
  const allowed = Object.entries(features).flatMap(([name, { mayUse, mayRead = {} }]) =>
    [...mayUse, ...Object.keys(mayRead).flatMap((relation) => ownerOf.get(relation) ?? [])].map(
      (other) => [moduleOf(name), moduleOf(other)] as const,
    ),
  );
  const drawn = [...read("docs/architecture.md").matchAll(/^ {2}(\w+) --> (\w+)$/gm)].map(
    ([, tail = "", head = ""]) => [tail, head] as const,
  );
  const modules = [...new Set(Object.keys(features).map(moduleOf))];
  const reach = (arrows: readonly (readonly [string, string])[]) =>
    Object.fromEntries(modules.map((name) => [name, reachedBy(arrows, name)]));
  expect(reach(drawn)).toEqual(reach(allowed));
});
