/**
 * `npm run replay -- 2026-11-25`: replays every decision of a day (Paris time) on a running server and prints those
 * with a different outcome. Exits with 1 if there is one. CARATLAS_API_KEY holds a key of role OPERATOR, DPO or ADMIN.
 * Without it and without --url, the program asks the demo that runs on this machine.
 */
import { windowOf } from "../shared/calendar";
import { isDay } from "../shared/days";
import { AppError, invalid } from "../shared/errors";
import { askAsStaff, readOptions, runProgram, say, type StaffServer } from "./staff-client";

const usage =
  "Usage: CARATLAS_API_KEY=… npm run replay -- YYYY-MM-DD [--url https://…]. Without both, it asks the demo that runs on this machine.";
const shownAtMost = 20;
const longestSpanMs = 3_600_000;
const shortestSpanMs = 1_000;

interface ReplayedSpan {
  readonly same: number;
  readonly otherRules: number;
  readonly differing: readonly { reference: string; number: number; differences: unknown[] }[];
}

const query = `query ($from: DateTime!, $until: DateTime!) { replayDecisions(from: $from, until: $until) {
  same otherRules differing { reference number differences } } }`;

async function main(): Promise<void> {
  const { positionals, server } = await readOptions(usage);
  const [day = "", ...more] = positionals;
  if (more.length > 0 || !isDay(day)) throw invalid(usage);
  const { start, end } = windowOf("DAY", "Europe/Paris", new Date(`${day}T12:00:00Z`));
  const total = { same: 0, otherRules: 0, differing: 0 };
  for await (const { same, otherRules, differing } of spansOf(server, start, end)) {
    const left = Math.max(0, shownAtMost - total.differing);
    for (const one of differing.slice(0, left)) say(wordsFor(one));
    total.same += same;
    total.otherRules += otherRules;
    total.differing += differing.length;
  }
  const count = total.same + total.otherRules + total.differing;
  say(`${day}: ${String(count)} decisions, ${String(total.same)} with the same outcome.`);
  say(`${String(total.otherRules)} were made under earlier rules and cannot be replayed.`);
  say(`${String(total.differing)} with a different outcome.`);
  if (total.differing > 0) process.exitCode = 1;
}

/** Replays an hour per request, or less where an hour holds too many decisions for one request. */
async function* spansOf(
  server: StaffServer,
  start: Date,
  end: Date,
): AsyncGenerator<ReplayedSpan, void, undefined> {
  let spanMs = longestSpanMs;
  for (let from = start.getTime(); from < end.getTime();) {
    const until = Math.min(from + spanMs, end.getTime());
    const answer = await ask(server, new Date(from), new Date(until));
    // A span this short is not refused for its size, so there is another reason.
    if (typeof answer === "string" && spanMs < shortestSpanMs) throw new Error(answer);
    spanMs = typeof answer === "string" ? spanMs / 2 : Math.min(longestSpanMs, 2 * spanMs);
    if (typeof answer === "string") continue;
    yield answer;
    from = until;
  }
}

const wordsFor = ({ reference, number, differences }: ReplayedSpan["differing"][0]): string =>
  `${reference}, decision ${String(number)}: ${JSON.stringify(differences)}`;

/** Returns the server's message if it refuses the request; a shorter span may be accepted. */
async function ask(server: StaffServer, from: Date, until: Date): Promise<ReplayedSpan | string> {
  try {
    return (await askAsStaff<{ replayDecisions: ReplayedSpan }>(server, query, { from, until }))
      .replayDecisions;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

runProgram(main);
