/** The demo around a running server. */
import type { Log } from "../platform/log";
import type { Config } from "./config";
import type { RunningCarAtlas } from "./start";

export interface Demo {
  stop(): Promise<void>;
}

export interface DemoOptions {
  readonly config: Config;
  readonly log: Log;
  readonly running: RunningCarAtlas;
}

export async function startDemo(_options: DemoOptions): Promise<Demo> {
  return Promise.resolve({ stop: () => Promise.resolve() });
}
