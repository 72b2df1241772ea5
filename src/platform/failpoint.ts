/**
 * Named places in the code where a test can kill the process. They are armed by a setting, which is refused in
 * production.
 */
let armed: Map<string, number> | null = null;

/** `spec`: "name" or "name@n" (the n-th time it is reached), separated by commas. */
export function armFailpoints(spec: string | null): void {
  armed = spec === null ? null : new Map(spec.split(",").map(parse));
}

/** Kills the process when this failpoint is armed, as abruptly as a power cut. Otherwise does nothing. */
export function failpoint(name: FailpointName): void {
  if (armed === null) return;
  const left = armed.get(name);
  if (left === undefined) return;
  armed.set(name, left - 1);
  if (left <= 1) process.kill(process.pid, "SIGKILL");
}

export const failpointNames = [
  "intake.before-commit",
  "intake.after-commit",
  "allocation.before-write",
  "allocation.before-commit",
  "allocation.after-commit",
  "feed.before-send",
  "feed.after-send",
  "acknowledge.before-commit",
  "endpoint.after-send",
  "outcome.before-commit",
  "outcome.after-commit",
  "withdrawal.before-commit",
  "withdrawal.after-commit",
  "bank.after-batch",
] as const;
export type FailpointName = (typeof failpointNames)[number];

function parse(entry: string): [string, number] {
  const [name = "", count = "1"] = entry.trim().split("@");
  const known = (failpointNames as readonly string[]).includes(name);
  if (!known || !/^[1-9]\d*$/.test(count)) throw new Error(`FAILPOINTS: there is no "${entry}".`);
  return [name, Number(count)];
}
