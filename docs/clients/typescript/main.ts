/**
 * Follows the feed of a supplier: stores each event, acknowledges it, and does what it requires. It can be killed at
 * any moment and resumes where it stopped. Settings: CARATLAS_URL, CARATLAS_WS_URL, CARATLAS_KEY, STORE (a file).
 */
import { setTimeout as pause } from "node:timers/promises";
import { ApiError, follow, request, type Access } from "./api";
import type {
  AcknowledgeMutation,
  DeletedMutation,
  HeldQuery,
  ReportMutation,
  ReportMutationVariables,
} from "./generated";
import { Store, type StoredEvent } from "./store";

let access: Access;
let store: Store;

/** Codes of errors that pass. Others mean that the client or its key is wrong. */
const passing = new Set(["INTERNAL", "RATE_LIMITED", "UNAVAILABLE"]);
/** Close codes after which reconnecting does not help: docs/feed-protocol.md, section 9. */
const final = new Set([4400, 4401, 4403, 4406, 4409, 4429]);
const longestPauseMs = 30_000;

async function main(): Promise<void> {
  access = { url: setting("CARATLAS_URL"), wsUrl: setting("CARATLAS_WS_URL"), key: setting("CARATLAS_KEY") };
  store = new Store(setting("STORE"));
  for (let failures = 0; ; failures++) {
    try {
      // First do what a crash left undone.
      await doDuties();
      for await (const event of follow(access, { after: store.lastCursor })) {
        store.add(event);
        await request<AcknowledgeMutation, object>(access, "Acknowledge", { upTo: event.cursor });
        await doDuties();
        failures = 0;
      }
    } catch (error) {
      if (error instanceof ApiError && error.apiCode === "CONFLICT" && store.lastCursor !== null) {
        console.error("The stored cursor is of a time that was undone by a restore: reading without it.");
        store.beginAgain();
      } else if (isFinal(error)) throw error;
      else console.error(`The connection ended (${wordsFor(error)}).`);
    }
    // A random pause that grows each time. Close code 1013 means that too many clients reconnect at once.
    await pause(Math.random() * Math.min(longestPauseMs, 1_000 * 2 ** failures));
  }
}

const closeCodeOf = (error: unknown): unknown => (error as { code?: unknown }).code;

function isFinal(error: unknown): boolean {
  if (error instanceof ApiError) return !passing.has(error.apiCode);
  const code = closeCodeOf(error);
  return typeof code === "number" && final.has(code);
}

/** One line. */
function wordsFor(error: unknown): string {
  const code = closeCodeOf(error);
  if (code === 4403) return "4403: the key is not valid";
  if (typeof code === "number") return String(code);
  if (error instanceof ApiError) return `${error.apiCode}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

async function doDuties(): Promise<void> {
  for (const stored of store.open) {
    await duty(stored);
    store.markDone(stored);
  }
}

/** Each duty is safe to repeat. Unknown event types require nothing. */
async function duty({ event, recordId, storedAt }: StoredEvent): Promise<void> {
  if (event.__typename === "LeadRevoked") {
    store.forget(event.leadId);
    await confirmDeleted(event.leadId);
  }
  if (event.__typename === "FeedGap") store.compare(await heldLeads());
  if (event.__typename === "LeadMatched" && event.lead) await report(event.leadId, recordId, storedAt);
}

async function confirmDeleted(leadId: string): Promise<void> {
  try {
    await request<DeletedMutation, object>(access, "Deleted", { leadId });
  } catch (error) {
    // After a restore the server may no longer know the lead. The person is deleted here either way.
    if (!(error instanceof ApiError && error.apiCode === "NOT_FOUND")) throw error;
    console.error(`A deletion was not confirmed: ${wordsFor(error)}`);
  }
}

/** The leads to which the right has not ended. */
async function heldLeads(): Promise<HeldQuery["leads"]["edges"][number]["node"][]> {
  const held: HeldQuery["leads"]["edges"][number]["node"][] = [];
  let after: string | null | undefined = null;
  do {
    const { leads }: HeldQuery = await request<HeldQuery, object>(access, "Held", { after });
    held.push(...leads.edges.map(({ node }) => node));
    after = leads.pageInfo.hasNextPage ? leads.pageInfo.endCursor : null;
  } while (after);
  return held;
}

/** Reports an example outcome; a real client reports what its staff did. Repeating a report changes nothing. */
async function report(leadId: string, recordId: string, occurredAt: string): Promise<void> {
  const input = [{ leadId, status: "CONTACTED" as const, occurredAt, externalId: `${recordId}/contacted` }];
  const { reportOutcomes } = await request<ReportMutation, ReportMutationVariables>(access, "Report", {
    input,
  });
  for (const { accepted, code, message } of reportOutcomes) {
    // A refusal is permanent, for example because the right to the lead has ended, so a retry does not help.
    if (!accepted) console.error(`An outcome was refused: ${String(code)}: ${String(message)}`);
  }
}

function setting(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`Set ${name}.`);
}

void main().catch((error: unknown) => {
  console.error(`The feed cannot be followed: ${wordsFor(error)}`);
  process.exitCode = 1;
});
