/**
 * Lints the messages of the commits after the one recorded in commitlint.config.mjs. Where that history is
 * not at hand, as in a shallow clone or an archive without git, it says so and passes.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { checkedAfter } from "../commitlint.config.mjs";

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, "..");
const git = (...args) => spawnSync("git", args, { cwd: root, encoding: "utf8" });

const reason = whyNot();
if (reason === null) {
  const commitlint = require.resolve("@commitlint/cli/cli.js");
  const range = ["--from", checkedAfter, "--to", "HEAD"];
  const { status } = spawnSync(process.execPath, [commitlint, ...range], { cwd: root, stdio: "inherit" });
  process.exitCode = status ?? 1;
} else {
  console.log(`Commit messages were not checked: ${reason}.`);
}

/** Why the range of commits cannot be read, or null when it can. */
function whyNot() {
  if (git("--version").error) return "git is not installed";
  if (git("rev-parse", "--verify", "HEAD").status !== 0) return "this is not a git repository with commits";
  if (git("cat-file", "-e", `${checkedAfter}^{commit}`).status !== 0)
    return `commit ${checkedAfter} is not in this clone`;
  if (git("merge-base", "--is-ancestor", checkedAfter, "HEAD").status !== 0)
    return `commit ${checkedAfter} is not an ancestor of HEAD in this clone`;
  return null;
}
