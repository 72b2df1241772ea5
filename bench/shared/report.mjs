/** Shared parts of reports: the conditions of a run, tables, and the ratios with their goals. */
import { cpus, loadavg } from "node:os";
import { rounded } from "../matching/statistics.mjs";

export const conditions = (postgres) => ({
  machine: `${cpus().length} x ${cpus()[0]?.model ?? "unknown"}, load ${loadavg()[0].toFixed(1)}`,
  node: process.version,
  postgres,
  date: new Date().toISOString(),
});

export const table = ([head, ...lines]) =>
  [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

export const aboutLine = (about) =>
  Object.entries(about)
    .map(([name, value]) => `${name}: ${value}`)
    .join(" · ");

export const time = (ms) => {
  if (ms === null || ms === undefined || Number.isNaN(ms)) return "";
  return ms < 1 ? `${rounded(ms * 1_000)} µs` : `${rounded(ms)} ms`;
};

/** `goals`: the name of a ratio to `[">=" or "<=", bound]`. */
export function ratioTable(ratios, goals) {
  const lines = Object.entries(ratios).map(([name, value]) => {
    const [sign, bound] = goals[name] ?? [];
    if (value === null) return [name, "not measured", sign ? goalText(sign, bound) : "", ""];
    const met = sign === ">=" ? value >= bound : value <= bound;
    return [name, String(value), sign ? goalText(sign, bound) : "reported", sign ? (met ? "yes" : "no") : ""];
  });
  return table([["ratio", "value", "goal", "met"], ...lines]);
}

const goalText = (sign, bound) => `${sign === ">=" ? "≥" : "≤"} ${bound}`;

/** Progress goes to standard error, because with --json standard output holds only the result. */
export const say = (text) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);
