import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { migrations, migrationsIn } from "./migrations";

describe("the migrations of the product", () => {
  it("are all files of the folder, oldest first", () => {
    const files = readdirSync(path.join(__dirname, "../../migrations")).filter((file) =>
      file.endsWith(".ts"),
    );
    const timestampsOfFiles = files.map((file) => Number(file.slice(0, 13))).sort((a, b) => a - b);
    const timestampsOfClasses = migrations.map(({ name }) => Number(name.slice(-13)));
    expect(files.length).toBeGreaterThan(0);
    expect(timestampsOfClasses).toEqual(timestampsOfFiles);
  });

  it("have unique timestamps", () => {
    expect(new Set(migrations.map(({ name }) => name.slice(-13))).size).toBe(migrations.length);
  });
});

describe("migrationsIn", () => {
  let folder: string;
  const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "caratlas-migrations-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("loads the files in the order of their timestamps, without source maps", () => {
    write("1700000000002-second.js", "exports.Second1700000000002 = class Second1700000000002 {};");
    write("1700000000001-first.js", "exports.First1700000000001 = class First1700000000001 {};");
    write("1700000000001-first.js.map", "{}");
    expect(migrationsIn(folder).map(({ name }) => name)).toEqual([
      "First1700000000001",
      "Second1700000000002",
    ]);
  });

  it.each([
    ["another timestamp", "exports.Late1700000000003 = class Late1700000000003 {};"],
    ["no class", ""],
    [
      "two classes",
      "exports.A1700000000001 = class A1700000000001 {}; exports.B1700000000001 = class B1700000000001 {};",
    ],
  ])("refuses a file with %s", (_, text) => {
    write("1700000000001-first.js", text);
    expect(() => migrationsIn(folder)).toThrow(
      /must export one class, and its name must end with 1700000000001/,
    );
  });
});
