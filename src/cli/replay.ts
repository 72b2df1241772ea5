/**
 * `npm run replay -- 2026-11-25`: makes every decision of a day of Paris again, on a running server, and reports
 * those that come out otherwise. Ends with 1 if there is one. A key of role OPERATOR, DPO or ADMIN stands in
 * CARATLAS_API_KEY; without it and without --url it asks the demo that runs here.
 */
import { windowOf } from "../shared/calendar";
import { AppError, invalid } from "../shared/errors";
import { askAsStaff, readOptions, runProgram, say, type StaffServer } from "./staff-client";

const usage =
  "Usage: CARATLAS_API_KEY=… npm run replay -- YYYY-MM-DD [--url https://…]. Without both, the demo that runs here is asked.";
const shownAtMost = 20;
const firstPieceMs = 3_600_000;
const leastPieceMs = 1_000;

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
  for await (const { same, otherRules, differing } of pieces(server, start, end)) {
    const left = Math.max(0, shownAtMost - total.differing);
    for (const one of differing.slice(0, left)) say(wordsFor(one));
    total.same += same;
    total.otherRules += otherRules;
    total.differing += differing.length;
  }
  const count = total.same + total.otherRules + total.differing;
  say(`${day}: ${String(count)} decisions, ${String(total.same)} came out the same.`);
  say(`${String(total.otherRules)} were made by rules that are not followed any more.`);
  say(`${String(total.differing)} came out otherwise.`);
  if (total.differing > 0) process.exitCode = 1;
}

/** An hour at once, or less where that is too many for one answer. */
async function* pieces(
  server: StaffServer,
  start: Date,
  end: Date,
): AsyncGenerator<ReplayedSpan, void, undefined> {
  let pieceMs = firstPieceMs;
  for (let from = start.getTime(); from < end.getTime();) {
    const until = Math.min(from + pieceMs, end.getTime());
    const answer = await ask(server, new Date(from), new Date(until));
    // Refused for another reason than its size, or it would be small enough by now.
    if (typeof answer === "string" && pieceMs < leastPieceMs) throw new Error(answer);
    pieceMs = typeof answer === "string" ? pieceMs / 2 : Math.min(firstPieceMs, 2 * pieceMs);
    if (typeof answer === "string") continue;
    yield answer;
    from = until;
  }
}

const wordsFor = ({ reference, number, differences }: ReplayedSpan["differing"][0]): string =>
  `${reference}, decision ${String(number)}: ${JSON.stringify(differences)}`;

/** What the server says if it refuses what was asked: perhaps a shorter span. */
async function ask(server: StaffServer, from: Date, until: Date): Promise<ReplayedSpan | string> {
  try {
    return (await askAsStaff<{ replayDecisions: ReplayedSpan }>(server, query, { from, until }))
      .replayDecisions;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

/** One that the calendar has: a date that it has not would be read as one of the next month. */
const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && dayOf(new Date(`${text}T12:00:00Z`)) === text;

const dayOf = (at: Date): string | null =>
  Number.isNaN(at.getTime()) ? null : at.toISOString().slice(0, 10);

runProgram(main);
