/** How anything is sent to the e-invoicing platform: once, whatever it answers, and until it answers. */
import type { DuePolicy } from "../../platform/due-rows/due-rows";
import { doublingWaits, noLimits, type Attempted } from "../../shared/retry";
import { FlowRefused, type OutgoingFlow, type Platform } from "./platform";

export const flowPolicy = policyOf("einvoice_flow");
export const reportPolicy = policyOf("sales_report");

/** All calls of one attempt (token, search, both again, submission) take less than the lease. */
function policyOf(name: string): DuePolicy {
  return {
    name,
    leaseMs: 300_000,
    rule: {
      backOff: { by: "FAILURES", waitsMs: doublingWaits(60_000, 3_600_000), jitter: 0, shortestMs: 60_000 },
      // A flow must reach the platform, so only a refusal ends the attempts. Finance is shown flows that have been
      // waiting long.
      limits: noLimits,
    },
  };
}

/** Submits a flow, unless it is found at the platform after an attempt that was not answered. */
export async function sentOnce(
  platform: Platform,
  { id, attempts }: { readonly id: string; readonly attempts: number },
  outgoing: () => Promise<OutgoingFlow>,
): Promise<Attempted<string>> {
  const known = attempts > 0 ? await platform.find(id) : null;
  if (known?.acknowledgement === "ERROR")
    throw new FlowRefused(known.reason ?? "not accepted, without a reason");
  return { kind: "DONE", value: known?.flowId ?? (await platform.submit(await outgoing())) };
}

export const failureOfFlow = (error: unknown): { kind: "REFUSED" | "FAILED"; failure: string } =>
  error instanceof FlowRefused
    ? { kind: "REFUSED", failure: error.reason }
    : { kind: "FAILED", failure: error instanceof Error ? error.message : "unknown" };
