/** Recognises that the database is away, and says so to clients and to operators. */
import { AppError } from "../shared/errors";
import { CannotStart } from "./cannot-start";

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "the name of the host is unknown",
  EAI_AGAIN: "the name of the host cannot be looked up",
  ETIMEDOUT: "it does not answer",
  EHOSTUNREACH: "there is no way to the host",
  ENETUNREACH: "there is no way to its network",
  ECONNRESET: "it closed the connection",
  "28P01": "it refuses the password",
  "28000": "it refuses the login",
  "3D000": "it has no database of this name",
  "42501": "the login may not connect to this database",
  "53300": "all its connections are in use",
  "57P03": "it is starting or stopping",
};

/** Classes and codes of PostgreSQL: connection lost, out of resources, stopped, failing disk, a standby. */
const awayCode = /^(?:08|53|57P0|58)|^25006$/;
const awayMessage =
  /^Connection terminated|timeout exceeded when trying to connect|^Client (?:has encountered|was closed)/;
const retryAfterSeconds = 5;

/** What a client gets while the database cannot be reached or written. A commit in progress may have succeeded. */
export class DatabaseAway extends AppError {
  constructor(override readonly cause: unknown) {
    super(
      "UNAVAILABLE",
      "The database is not available at the moment. Try again: a mutation that you repeat with its idempotencyKey has one effect.",
      { retryAfterSeconds },
    );
  }
}

export function isAway(error: unknown): boolean {
  const { code = "", message = "" } = error as { code?: unknown; message?: string };
  const text = String(code);
  return awayCode.test(text) || systemCodes.has(text) || awayMessage.test(message);
}

/** Runs `work` and turns an error of the connection into one sentence. The address is shown without its password. */
export async function explainingFaults<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null) throw error;
    throw new CannotStart(`The database at ${placeOf(url)} cannot be used: ${reason}.`);
  }
}

const systemCodes = new Set([...Object.keys(reasons).filter((code) => code.startsWith("E")), "EPIPE"]);

function reasonOf(error: unknown): string | null {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  if (/timeout/i.test(message)) return "it does not answer";
  if (/^Connection terminated/.test(message)) return "it closed the connection";
  return reasons[code] ?? null;
}

function placeOf(url: string): string {
  const { username, host, pathname } = new URL(url);
  return `${host}${pathname} as ${decodeURIComponent(username)}`;
}
