/**
 * Follows the feed of a supplier: stores each event, acknowledges it, and does what it requires. It can be killed at
 * any moment and resumes where it stopped. Settings: CARATLAS_URL, CARATLAS_WS_URL, CARATLAS_KEY, STORE (a file).
 */
import { setTimeout as pause } from "node:timers/promises";
import { follow, request, type Access } from "./api";
import type {
  AcknowledgeMutation,
  DeletedMutation,
  ReportMutation,
  ReportMutationVariables,
} from "./generated";
import { Store, type StoredEvent } from "./store";

const access: Access = {
  url: setting("CARATLAS_URL"),
  wsUrl: setting("CARATLAS_WS_URL"),
  key: setting("CARATLAS_KEY"),
};
const store = new Store(setting("STORE"));

/** Close codes after which reconnecting does not help: docs/feed-protocol.md, section 9. */
const final = new Set([4400, 4401, 4403, 4406, 4409, 4429]);
const longestPauseMs = 30_000;

async function main(): Promise<void> {
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
      const code = (error as { code?: unknown }).code;
      if (typeof code === "number" && final.has(code)) throw error;
      console.error(`The connection ended (${typeof code === "number" ? String(code) : String(error)}).`);
    }
    // A random pause that grows each time. Close code 1013 means that too many clients reconnect at once.
    await pause(Math.random() * Math.min(longestPauseMs, 1_000 * 2 ** failures));
  }
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
    await request<DeletedMutation, object>(access, "Deleted", { leadId: event.leadId });
  }
  if (event.__typename === "LeadMatched" && event.lead) await report(event.leadId, recordId, storedAt);
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
  console.error("The feed cannot be followed:", error);
  process.exitCode = 1;
});
