import { systemClock } from "./clock";
import { createLog } from "./log";
import { repeated, serviceJob, startJobs } from "./job";

const silent = createLog({ format: "json", level: "silent" });

describe("jobs", () => {
  it("repeat their work after a failure and log it", async () => {
    const lines: string[] = [];
    const log = createLog({ format: "json", level: "warn", write: (text) => lines.push(text) });
    const stopping = new AbortController();
    let runs = 0;
    const work = (): Promise<void> => {
      runs += 1;
      if (runs === 1) return Promise.reject(new Error("a first failure"));
      stopping.abort();
      return Promise.resolve();
    };
    await repeated({ name: "counting", pauseMs: 0, clock: systemClock, log, work }).run(stopping.signal);
    expect(runs).toBe(2);
    expect(lines.join("")).toContain('"job":"counting"');
  });

  it("stop in two steps: with the server, and after it", async () => {
    const stopped: string[] = [];
    const service = (name: string) => ({
      start: () => undefined,
      stop: () => {
        stopped.push(name);
        return Promise.resolve();
      },
    });
    const running = startJobs([
      serviceJob("after", service("after")),
      serviceJob("with", service("with"), { stopsWithServer: true }),
      repeated({
        name: "idle",
        pauseMs: 60_000,
        clock: systemClock,
        log: silent,
        work: () => Promise.resolve(),
      }),
    ]);
    await running.stopWithServer();
    expect(stopped).toEqual(["with"]);
    await running.stop();
    expect(stopped).toEqual(["with", "after"]);
  });
});
