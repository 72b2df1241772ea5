/** Prepares many leads up to their confirmation code, so that all can be confirmed at the same time. */
import { must } from "./client";
import {
  type Access,
  confirmMutation,
  inventedPhone,
  person,
  preview,
  submit,
  type TestSupplier,
  transmitTo,
} from "./journey";
import type { Owner } from "./rows";
import type { TestServer } from "./server";
import { until } from "./until";

export interface PreparedLead {
  readonly id: string;
  readonly reference: string;
  readonly personalToken: string;
  readonly code: string;
}

export interface CrowdOptions {
  readonly count: number;
  readonly to: readonly TestSupplier[];
  /** The need, if it is not the default new car. */
  readonly need?: Parameters<typeof preview>[1];
  readonly channels?: string[];
  readonly waitUntil?: Date;
}

/** Prepares leads that only need to be confirmed and were all shown the same suppliers. */
export async function prepareLeads(
  access: Access,
  owner: Owner,
  options: CrowdOptions,
): Promise<PreparedLead[]> {
  const { token } = await preview(access, options.need);
  const grants = [
    transmitTo(
      options.to.map(({ id }) => id),
      options.channels,
    ),
  ];
  const leads: Omit<PreparedLead, "id">[] = [];
  for (let sent = 0; sent < options.count; sent++) {
    const { data, errors } = await submit(access, {
      token,
      grants,
      contact: person({ phone: inventedPhone() }),
      ...(options.waitUntil && { waitUntil: options.waitUntil.toISOString() }),
    });
    const required = data?.submitLead;
    if (required?.__typename !== "ConfirmationRequired") throw new Error(JSON.stringify(errors ?? data));
    const { reference, personalToken, demoCode } = required;
    leads.push({ reference, personalToken, code: demoCode });
  }
  const ids = await leadIds(
    owner,
    leads.map(({ reference }) => reference),
  );
  return leads.map((lead) => ({ ...lead, id: ids.get(lead.reference) as string }));
}

export async function confirmLead(
  access: Access,
  { reference, code }: Pick<PreparedLead, "reference" | "code">,
): Promise<void> {
  const { confirmPhone } = await must(access, access.formToken, {
    query: confirmMutation,
    variables: { input: { reference, code } },
  });
  if (confirmPhone.__typename !== "LeadSubmitted") throw new Error(JSON.stringify(confirmPhone));
}

export async function leadIds(owner: Owner, references: readonly string[]): Promise<Map<string, string>> {
  const rows = await owner.rows("SELECT reference, id FROM lead WHERE reference = ANY ($1)", [references]);
  return new Map(rows.map(({ reference, id }) => [reference, id]));
}

/** More would queue for a connection of the server's pool and time out after five seconds. */
const triesAtOnce = 10;
const gates = new WeakMap<TestServer, { free: number; readonly waiting: (() => void)[] }>();

/** Tries a lead now in this process, concurrently with any other attempt. */
export async function tryNow(server: TestServer, leadId: string): Promise<readonly string[]> {
  const gate = gates.get(server) ?? { free: triesAtOnce, waiting: [] };
  gates.set(server, gate);
  if (gate.free > 0) gate.free--;
  else await new Promise<void>((resolve) => gate.waiting.push(resolve));
  try {
    const [tried] = await server.running.services.allocation.assign.allocation.allocate([leadId]);
    if (!tried || "error" in tried) throw new Error(`${leadId} was not tried`, { cause: tried?.error });
    return tried.suppliers;
  } finally {
    const next = gate.waiting.shift();
    if (next) next();
    else gate.free++;
  }
}

/** Confirms all leads at once, spread over the servers, and lets every server try each of them concurrently. */
export async function storm(servers: readonly TestServer[], leads: readonly PreparedLead[]): Promise<void> {
  await Promise.all(
    leads.map(async (lead, index) => {
      await confirmLead(servers[index % servers.length] as TestServer, lead);
      await Promise.all(servers.map((server) => tryNow(server, lead.id)));
    }),
  );
}

/** Waits until each of these leads has been tried or is closed. */
export async function allTried(owner: Owner, leads: readonly { readonly id: string }[]): Promise<void> {
  const ids = leads.map(({ id }) => id);
  await until("every lead was tried", async () => {
    const rows = await owner.rows(
      "SELECT FROM lead WHERE id = ANY ($1) AND state <> 'CLOSED' AND tried_at IS NULL",
      [ids],
    );
    return rows.length === 0;
  });
}

export const receiversOf = async (owner: Owner, leadId: string): Promise<string[]> =>
  (await owner.rows("SELECT supplier_id FROM delivery WHERE lead_id = $1 ORDER BY seat", [leadId])).map(
    ({ supplier_id }) => supplier_id as string,
  );

/** Sets the server's clock to this time, from where it keeps running. */
export function setClock({ clock }: Pick<TestServer, "clock">, instant: string): void {
  clock.forward(Date.parse(instant) - clock.now().getTime());
}
