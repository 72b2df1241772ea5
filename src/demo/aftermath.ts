/** What follows a confirmed request: a supplier reports an outcome, or the person withdraws consent. */
import { systemClock } from "../platform/clock";
import { randomInt } from "../platform/random";
import type { Api } from "./api";
import type { SupplierAccess } from "./demo-file";
import { withdrawOperation } from "./form-operations";
import type { DemoRequest } from "./journey";
import { chance, pickOne, randomText } from "./random";
import { leadsOperation, reportOperation, type OutcomeInput } from "./supplier-operations";

export interface Stage {
  readonly api: Api;
  readonly say: (line: string) => void;
}

const outcomes = ["CONTACTED", "CONTACTED", "APPOINTMENT", "QUOTED", "SOLD", "LOST", "UNREACHABLE"];
const vehicles = ["Renault 5 E-Tech", "Peugeot 308", "Dacia Sandero", "Toyota Yaris", "Škoda Octavia"];

/** Reports an outcome for one of the supplier's latest leads without one. Does nothing if there is no such lead. */
export async function reportOutcome({ api, say }: Stage, supplier: SupplierAccess): Promise<void> {
  const { leads } = await api.ask(supplier.apiKey, leadsOperation, {});
  const open = leads.edges.map(({ node }) => node).filter(({ outcome }) => outcome === null);
  if (open.length === 0) return;
  const report = someReport(pickOne(open).id);
  const { reportOutcomes } = await api.ask(supplier.apiKey, reportOperation, { input: [report] });
  const [result] = reportOutcomes;
  if (result?.accepted) say(`${supplier.name} reports that one of its leads is ${report.status}`);
  else say(`${supplier.name} reported an outcome and was told: ${result?.error ?? "nothing"}`);
}

function someReport(leadId: string): OutcomeInput {
  const status = pickOne(outcomes);
  const sale = { saleCents: randomInt(12_000, 45_000) * 100, vehicle: pickOne(vehicles) };
  return {
    leadId,
    status,
    occurredAt: systemClock.now().toISOString(),
    externalId: `demo-${randomText(8)}`,
    ...(status === "SOLD" && sale),
  };
}

/** Withdraws all consent in 70 % of cases, and only consent to phone calls in the others. */
export async function withdraw(
  { api, say }: Stage,
  { reference, personalToken }: DemoRequest,
): Promise<void> {
  const isAll = chance(70);
  await api.ask(personalToken, withdrawOperation, { input: isAll ? {} : { channels: ["PHONE"] } });
  say(`request ${reference}: the person took back consent ${isAll ? "altogether" : "to be called"}`);
}
