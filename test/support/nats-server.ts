/** A real nats-server that can be killed as by a power cut and restarted at the same address. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";

const program = ["/usr/sbin/nats-server", "/usr/bin/nats-server", "/usr/local/bin/nats-server"].find(
  existsSync,
);

/** Why there is no nats-server to test with, or null if there is one. */
export const noNats =
  program === undefined
    ? "nats-server is not installed. To run these tests: apt-get install nats-server"
    : null;

const running = new Set<ChildProcess>();

export class NatsServer {
  private child: ChildProcess | null = null;

  private constructor(
    readonly port: number,
    private readonly login: { readonly user: string; readonly pass: string },
  ) {}

  /** A server for a free port, not started yet. */
  static async atFreePort(): Promise<NatsServer> {
    const probe = createServer().listen(0, "127.0.0.1");
    await once(probe, "listening");
    const { port } = probe.address() as AddressInfo;
    probe.close();
    return new NatsServer(port, { user: "caratlas", pass: "geheim,pass/wort" });
  }

  get url(): string {
    return this.urlWith(this.login.pass);
  }

  urlWith(password: string): string {
    return `nats://${this.login.user}:${encodeURIComponent(password)}@127.0.0.1:${this.port}`;
  }

  get password(): string {
    return this.login.pass;
  }

  /** Resolves once it accepts connections. */
  async start(): Promise<void> {
    const { user, pass } = this.login;
    const where = ["-a", "127.0.0.1", "-p", String(this.port)];
    const child = spawn(program as string, [...where, "--user", user, "--pass", pass]);
    this.child = child;
    running.add(child);
    let words = "";
    await new Promise<void>((resolve, reject) => {
      child.stderr.on("data", (chunk: Buffer) => {
        words += chunk.toString();
        if (words.includes("Server is ready")) resolve();
      });
      child.once("close", () => reject(new Error(words)));
    });
  }

  async kill(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (child === null) return;
    const closed = once(child, "close");
    child.kill("SIGKILL");
    await closed;
    running.delete(child);
  }
}

/** Ends servers that a failed test left running, because Jest would wait for them. */
export const killNats = (): void => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
};
