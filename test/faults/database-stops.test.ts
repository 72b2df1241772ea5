/**
 * Kills every PostgreSQL process at once under load, as a power cut would, and restarts it with recovery.
 * Everything acknowledged before must still be there. The test also checks the durability settings this
 * relies on.
 */
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, chmod } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from "../../src/platform/embedded-postgres";
import { migrate } from "../../src/platform/migrate";
import { Fleet } from "../support/fleet";
import { Passage } from "../support/passage";
import { asOwnerOf, firstKeys } from "../support/rows";
import { newKeys } from "../support/server";
import { killServers } from "../support/server-process";
import { roundsOf } from "../support/rounds";
import { prepareGround, settle, Traffic } from "../support/trial";

const stops = roundsOf(1);

/** A PostgreSQL with real durability, whose address survives its restarts. */
class MortalPostgres {
  private constructor(
    private readonly dataDir: string,
    private readonly passage: Passage,
    private server: EmbeddedPostgres,
  ) {}

  static async start(): Promise<MortalPostgres> {
    const dataDir = await mkdtemp(path.join(tmpdir(), "caratlas-mortal-"));
    await chmod(dataDir, 0o711);
    const server = await startOn(dataDir);
    const passage = await Passage.open();
    passage.leadTo(portOf(server));
    return new MortalPostgres(dataDir, passage, server);
  }

  get url(): string {
    return this.passage.through(this.server.url);
  }

  get ownerUrl(): string {
    return this.passage.through(this.server.ownerUrl);
  }

  /** Kills the postmaster and every backend at once, so that no checkpoint is written. */
  async die(): Promise<void> {
    const children = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" })
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number));
    const postmaster = await this.postmaster();
    for (const [pid, parent] of children) {
      if (pid !== undefined && parent === postmaster) kill(pid);
    }
    kill(postmaster);
    this.passage.leadTo(null);
    await this.server.stop();
  }

  async comeBack(): Promise<void> {
    this.server = await startOn(this.dataDir);
    this.passage.leadTo(portOf(this.server));
  }

  async remove(): Promise<void> {
    await this.passage.close();
    await this.server.stop();
    await removeEmbeddedPostgres(this.dataDir);
  }

  private async postmaster(): Promise<number> {
    const [row] = await this.rows("SHOW data_directory");
    return Number(
      (await readFile(path.join(row?.["data_directory"], "postmaster.pid"), "utf8")).split("\n")[0],
    );
  }

  private async rows(sql: string): Promise<Record<string, any>[]> {
    const owner = await asOwnerOf(this);
    return owner.rows(sql).finally(() => owner.end());
  }
}

const startOn = (dataDir: string): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ dataDir, durable: true, log: () => undefined });
const portOf = ({ url }: EmbeddedPostgres): number => Number(new URL(url).port);

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // The process ended on its own in the meantime.
  }
}

afterAll(killServers);

it(
  "loses and duplicates nothing when PostgreSQL is killed under load",
  async () => {
    const postgres = await MortalPostgres.start();
    await migrate({ ownerUrl: postgres.ownerUrl, url: postgres.url });
    const { url, ownerUrl } = postgres;
    const database = { url, ownerUrl, drop: () => Promise.resolve() };
    const [adminToken = "", formToken = ""] = await firstKeys(database, ["ADMIN", "FORM"]);
    const fleet = new Fleet({ database, keys: newKeys(), size: 2 });
    fleet.start();
    const ground = await prepareGround({ database, servers: fleet, adminToken, formToken });
    const traffic = new Traffic(ground.world, [], 4);
    for (let stop = 0; stop < stops; stop++) {
      await traffic.more(4);
      await postgres.die();
      await postgres.comeBack();
    }
    await traffic.more(1);
    // The owner's connection died with the database.
    const owner = await asOwnerOf(database);
    const [settings] = await owner.rows(
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commits,
         current_setting('full_page_writes') AS pages`,
    );
    expect(settings).toEqual({ fsync: "on", commits: "on", pages: "on" });
    const name = "kill -9 of all of PostgreSQL";
    expect(await settle({ ...ground, owner }, { name, broken: stops, traffic })).toEqual([]);
    await ground.leave().catch(() => undefined);
    await owner.end();
    // The servers kept running: they do not exit when the database is away.
    expect(await fleet.stop()).toEqual([0, 0]);
    await postgres.remove();
  },
  120_000 + stops * 30_000,
);
