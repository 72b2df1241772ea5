/** An install with the files that the last stage of the Dockerfile copies, and nothing else. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectFolder } from "./launched";

export interface Image {
  readonly folder: string;
  /** Runs `npm run <script>` there. Never rejects. */
  npm(script: string, args?: readonly string[], environment?: Environment): Promise<Ended>;
  /** Starts the server as the image's CMD does. */
  serve(environment: Environment): Serving;
  remove(): Promise<void>;
}

export interface Serving {
  /** Resolves to everything printed once `pattern` is in it, and rejects if the process ends before. */
  says(pattern: RegExp): Promise<string>;
  readonly ended: Promise<Ended>;
  stop(): Promise<Ended>;
}

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

export type Environment = Readonly<Record<string, string>>;

export async function installImage(): Promise<Image> {
  const folder = await mkdtemp(path.join(tmpdir(), "caratlas-image-"));
  for (const name of await copiedNames()) {
    if (name === "node_modules") await linkPackages(path.join(folder, name));
    else await symlink(path.join(projectFolder, name), path.join(folder, name));
  }
  return {
    folder,
    npm: (script, args = [], environment = {}) =>
      ended(["npm", "run", "--silent", script, "--", ...args], folder, environment),
    serve: (environment) => serve(folder, environment),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

const readText = (name: string): Promise<string> => readFile(path.join(projectFolder, name), "utf8");

async function copiedNames(): Promise<string[]> {
  const copies = (await readText("Dockerfile")).matchAll(/^COPY --from=build \/app\/(\S+)/gm);
  return [...copies].map(([, name = ""]) => name);
}

/** The beginnings of the names of packages that the Dockerfile removes. */
async function removedNames(): Promise<string[]> {
  const [, removed = ""] = /^RUN rm -rf (.+)$/m.exec(await readText("Dockerfile")) ?? [];
  return removed.split(" ").map((name) => name.replace("node_modules/", "").replace(/\*$/, ""));
}

/** The packages that `npm ci --omit=dev` installs, without those that the Dockerfile removes. */
async function linkPackages(target: string): Promise<void> {
  const removed = await removedNames();
  const lock = JSON.parse(await readText("package-lock.json")) as {
    packages: Record<string, { dev?: boolean }>;
  };
  const names = Object.entries(lock.packages).flatMap(([place, { dev = false }]) => {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(place) ?? [];
    return name === undefined || dev || removed.some((start) => name.startsWith(start)) ? [] : [name];
  });
  for (const name of names) {
    await mkdir(path.dirname(path.join(target, name)), { recursive: true });
    await symlink(path.join(projectFolder, "node_modules", name), path.join(target, name));
  }
}

/** Links are not resolved, so that a package sees only the packages of the install. */
const asInstalled = "--preserve-symlinks --preserve-symlinks-main";

const environmentOf = (environment: Environment): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  HOME: tmpdir(),
  // npm is itself a link, so it must not see the options that it passes on.
  npm_config_node_options: asInstalled,
  npm_config_update_notifier: "false",
  ...environment,
});

function ended([program = "", ...args]: readonly string[], cwd: string, env: Environment): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env: environmentOf(env) }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : null;
      resolve({ code, output: stdout + stderr });
    });
  });
}

function serve(cwd: string, environment: Environment): Serving {
  const env = { ...environmentOf(environment), NODE_OPTIONS: asInstalled };
  const child = spawn(process.execPath, ["dist/src/app/main.js"], { cwd, env });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const over = once(child, "close").then(([code]) => ({ code: code as number | null, output }));
  return {
    ended: over,
    says: async (pattern) => {
      while (!pattern.test(output)) {
        const heard = [child.stdout, child.stderr].map((stream) => once(stream, "data"));
        const word = await Promise.race([...heard, over]);
        if (!Array.isArray(word)) throw new Error(`It ended before it said ${String(pattern)}: ${output}`);
      }
      return output;
    },
    stop: () => (child.kill("SIGTERM"), over),
  };
}
