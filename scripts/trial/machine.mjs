/** A clean machine, independent of the developer's: its own checkout, user, Node version and environment. */
import { execFile } from "node:child_process";
import { chmod, chown, cp, mkdir, readFile, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const isRoot = process.geteuid?.() === 0;

export async function checkOut(place, from) {
  const checkout = path.join(place, "checkout");
  if (from === undefined) {
    await run("git", ["clone", "--quiet", "--no-hardlinks", root, checkout]);
    return checkout;
  }
  const listing = ["-C", from, "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { stdout } = await run("git", listing, { maxBuffer: 1 << 26 });
  for (const file of new Set(stdout.split("\0").filter(Boolean))) {
    const source = path.join(from, file);
    // A file may be listed by git and deleted in the working tree.
    if (await stat(source).catch(() => null)) await cp(source, path.join(checkout, file));
  }
  return checkout;
}

/** The user who runs the commands, and an environment that inherits nothing from the developer's. */
export async function prepare(trial, place) {
  const home = path.join(place, "home");
  await mkdir(home);
  const ids = trial.as === "user" && isRoot ? await ordinaryUser() : {};
  const passedOn = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"];
  const env = { HOME: home, PATH: process.env.PATH, LANG: "C.UTF-8", PORT: "0" };
  for (const name of passedOn) if (process.env[name]) env[name] = process.env[name];
  // Another Node would look for npm's machine-wide settings beside itself.
  env.npm_config_globalconfig = (await run("npm", ["config", "get", "globalconfig"])).stdout.trim();
  if (trial.node !== undefined) env.PATH = `${await fetchNode(trial.node, place)}:${env.PATH}`;
  await chmod(place, trial.mode);
  if (ids.uid !== undefined) await giveAway(place, ids);
  return { ...ids, env };
}

async function ordinaryUser() {
  const passwd = await readFile("/etc/passwd", "utf8");
  const account = passwd.split("\n").find((line) => line.startsWith("nobody:"));
  if (account === undefined) throw new Error("There is no user nobody to be.");
  const [, , uid, gid] = account.split(":").map(Number);
  return { uid, gid };
}

async function giveAway(folder, { uid, gid }) {
  const entries = await readdir(folder, { recursive: true });
  for (const file of [folder, ...entries.map((entry) => path.join(folder, entry))]) {
    await chown(file, uid, gid).catch((error) => {
      // A link that leads nowhere has no owner to change.
      if (error.code !== "ENOENT") throw error;
    });
  }
}

async function fetchNode(version, place) {
  const prefix = path.join(place, "node");
  const name = `node-${process.platform}-${process.arch}`;
  await run("npm", ["install", "--no-save", "--ignore-scripts", "--prefix", prefix, `${name}@${version}`]);
  return path.join(prefix, "node_modules", name, "bin");
}
