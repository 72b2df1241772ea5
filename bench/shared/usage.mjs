/** What every server of a benchmark reports: the CPU time and memory of its process, and a profile of both. */
import { Session } from "node:inspector/promises";
import { heapBytes } from "./heap.mjs";

let profiling = null;

export const usage = {
  /** Milliseconds of CPU time so far. */
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
  heap: heapBytes,
  profile: async () => {
    profiling = new Session();
    profiling.connect();
    await profiling.post("Profiler.enable");
    await profiling.post("Profiler.setSamplingInterval", { interval: 500 });
    await profiling.post("Profiler.start");
  },
  profiled: async () => {
    const { profile } = await profiling.post("Profiler.stop");
    profiling.disconnect();
    return profile;
  },
};
