import { readFileSync } from "node:fs";
import path from "node:path";
import { checkRoom, lifetimeMs, mostAtOnce, mostUnused } from "./upload";

const now = new Date("2026-11-30T10:00:00Z");
const room =
  (receiving: number, unused: number, nextExpiry: Date | null = null) =>
  (): void =>
    checkRoom({ receiving, unused, nextExpiry }, now);

it("allows a limited number of uploads at a time", () => {
  expect(room(mostAtOnce - 1, 0)).not.toThrow();
  expect(room(mostAtOnce, 0)).toThrow("already sending 3 files, the most at a time. Try again in 10 s.");
});

it("allows a limited number of unused uploads, those under way included", () => {
  expect(room(1, mostUnused - 2)).not.toThrow();
  const inAMinute = new Date(now.getTime() + 60_000);
  expect(room(1, mostUnused - 1, inAMinute)).toThrow("not used, the most. Use one. Try again in 60 s.");
});

it("has the bounds of docs/limits.md", () => {
  const page = readFileSync(path.resolve(__dirname, "../../../docs/limits.md"), "utf8");
  const written = [...page.matchAll(/^\| (uploads .+?|minutes in .+?) +\| (\d+) +\|$/gm)];
  expect(Object.fromEntries(written.map(([, name, value]) => [name, Number(value)]))).toEqual({
    "uploads at once, for each caller": mostAtOnce,
    "uploads that were not used, for each caller": mostUnused,
    "minutes in which an upload must be used": lifetimeMs / 60_000,
  });
});
