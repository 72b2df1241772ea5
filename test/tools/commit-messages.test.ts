import { spawnSync } from "node:child_process";
import path from "node:path";

const root = path.join(__dirname, "../..");
const commitlint = path.join(root, "node_modules/@commitlint/cli/cli.js");
const body = "Its body says why.";

function lint(message: string): { passes: boolean; output: string } {
  const { status, stdout } = spawnSync(process.execPath, [commitlint], {
    cwd: root,
    input: message,
    encoding: "utf8",
  });
  return { passes: status === 0, output: stdout };
}

const check = (env: Record<string, string>) =>
  spawnSync(process.execPath, ["scripts/check-commits.mjs"], { cwd: root, env, encoding: "utf8" });

describe("a commit message", () => {
  it("passes with a type, a scope and a body", () => {
    expect(lint(`fix(feed): keep the cursor of a closed stream\n\n${body}`)).toEqual({
      passes: true,
      output: "",
    });
  });

  it("is refused with an unknown type, no scope, a header of 73 characters and no body", () => {
    const { passes, output } = lint("mend: keep".padEnd(73, "y"));
    expect(passes).toBe(false);
    for (const rule of ["type-enum", "scope-empty", "header-max-length", "body-empty"])
      expect(output).toContain(`[${rule}]`);
  });

  it("is refused with no blank line before the body and a line of 101 characters in it", () => {
    const { passes, output } = lint(`fix(feed): keep the cursor\n${"y".repeat(101)}`);
    expect(passes).toBe(false);
    for (const rule of ["body-leading-blank", "body-max-line-length"]) expect(output).toContain(`[${rule}]`);
  });
});

describe("the check of the history", () => {
  it("is skipped with a reason where git is not installed", () => {
    const { status, stdout } = check({ PATH: "/nowhere" });
    expect([status, stdout]).toEqual([0, "Commit messages were not checked: git is not installed.\n"]);
  });

  it("is skipped with a reason outside a repository", () => {
    const { status, stdout } = check({ PATH: process.env["PATH"] ?? "", GIT_DIR: "/nowhere" });
    expect([status, stdout]).toEqual([
      0,
      "Commit messages were not checked: this is not a git repository with commits.\n",
    ]);
  });
});
