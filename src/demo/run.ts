/** Runs the demo once its suppliers exist: writes demo.json, follows a feed in the terminal and makes traffic. */
import type { Api } from "./api";
import { demoFileIn, writeDemoFile, type DemoFile } from "./demo-file";
import { References } from "./references";
import { showFeed, type Subscribe } from "./terminal";
import { Traffic } from "./traffic";
import { welcome } from "./welcome";

export interface RunOptions {
  readonly api: Api;
  readonly subscribe: Subscribe;
  readonly perMinute: number;
  readonly dataDir: string;
  /** Prints the demo's secrets, which are shown and never logged. */
  readonly print: (line: string) => void;
  /** Prints a line about what happens. */
  readonly say: (line: string) => void;
  readonly onError: (what: string, error: unknown) => void;
}

/** Writes demo.json and prints how to sign in. */
export async function present(options: RunOptions, demo: DemoFile): Promise<void> {
  const file = demoFileIn(options.dataDir);
  await writeDemoFile(file, demo);
  for (const line of welcome({ demo, file, trafficPerMinute: options.perMinute })) options.print(line);
}

/** Runs the terminal and the traffic until the API's signal aborts. */
export async function play(options: RunOptions, demo: DemoFile): Promise<void> {
  const { api, perMinute, say, subscribe } = options;
  const references = new References();
  const onError =
    (what: string) =>
    (error: unknown): void => {
      options.onError(what, error);
    };
  const traffic = new Traffic({
    ...{ api, demo, perMinute, references, say },
    onError: onError("a demo request did not go through; the next one comes all the same"),
  });
  const [followed] = demo.suppliers;
  const feed =
    followed && demo.terminalKey !== null
      ? showFeed({
          ...{ api, subscribe, references, say },
          apiKey: demo.terminalKey,
          supplierName: followed.name,
          onError: onError("the demo's feed broke off; it is followed again"),
        })
      : null;
  await Promise.all([feed, traffic.run()]);
}
