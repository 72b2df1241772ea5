import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { envExample, sections } from "./env-example";
import { about } from "./kinds";
import { composeSettings, programSettings } from "./programs";
import { settingsFor } from "./schema";

const file = path.join(__dirname, "../../../.env.example");
const settings = Object.values(sections).flatMap((section) => Object.entries(section));

describe(".env.example", () => {
  it("is what `npm run env:example` writes", () => {
    expect(readFileSync(file, "utf8")).toBe(envExample());
  });

  it("holds every setting of the schema once, and those of the other programs", () => {
    const others = [...Object.keys(programSettings), ...Object.keys(composeSettings)];
    const names = settings.map(([name]) => name);
    expect(names.sort()).toEqual([...Object.keys(settingsFor(true).shape), ...others].sort());
  });

  it("describes every setting", () => {
    for (const [name, field] of settings) {
      expect([name, about.get(field)?.description]).toEqual([name, expect.stringMatching(/^.{10,}\.$/)]);
    }
  });

  const shells = ["sh", "dash", "bash"].filter((shell) => spawnSync(shell, ["-c", ":"]).status === 0);

  it.each(shells)("can be sourced by %s, which then has the defaults of production", (shell) => {
    const { stdout, stderr, status } = spawnSync(shell, ["-euc", "set -a; . ./.env.example; env"], {
      cwd: path.dirname(file),
      env: { PATH: process.env["PATH"] },
      encoding: "utf8",
      // With a socket as its input, bash reads the start-up files of a remote shell.
      stdio: ["ignore", "pipe", "pipe"],
    });
    expect([status, stderr]).toEqual([0, ""]);
    const sourced = new Map(
      stdout.split("\n").map((line) => [line.replace(/=.*/, ""), line.replace(/^[^=]*=/, "")]),
    );
    expect(["NODE_ENV", "PORT", "COMPANY_NAME", "FAILPOINTS"].map((name) => sourced.get(name))).toEqual([
      "production",
      "4000",
      "",
      undefined,
    ]);
  });

  it("gives examples that a shell reads back and the server accepts", () => {
    const examples = settings.flatMap(([name, field]) => {
      const example = about.get(field)?.example;
      return example === undefined ? [] : [{ name, field, example }];
    });
    expect(examples.length).toBeGreaterThan(20);
    const lines = readFileSync(file, "utf8").split("\n");
    for (const { name, field, example } of examples) {
      const at = lines.findIndex((line) => line.replace(/^#/, "").startsWith(`${name}=`));
      const written = lines[at - 1]?.replace("# Example: ", "") ?? "";
      const { stdout } = spawnSync("sh", ["-euc", `VALUE=${written}; printf %s "$VALUE"`], {
        encoding: "utf8",
      });
      expect([name, stdout]).toEqual([name, example]);
      expect([name, z.safeParse(field, example).success]).toEqual([name, true]);
    }
  });
});
