/**
 * Model clients. They retry under the same idempotency key until they get an answer, and continue in their feed after
 * the last event they stored. The answers they got are counted afterwards.
 */
import { randomUUID } from "node:crypto";
import { subscribe } from "./client";
import type { Reachable } from "./reachable";
import {
  answers,
  campaignInput,
  confirmMutation,
  feedSubscription,
  inventedSiren,
  person,
  submitMutation,
  transmitTo,
  waiveGoLive,
} from "./journey";
import { until } from "./until";

export const priceCents = 3_000;
export const paidCents = 10_000_000;
// Overseas, where there is no demo campaign.
const place = { postcode: "97500", inseeCode: "97502" };

export interface Garage {
  readonly id: string;
  readonly token: string;
}

/** Creates a supplier with a balance, a key and a campaign. */
export async function openGarage(servers: Reachable, adminToken: string): Promise<Garage> {
  const once = { idempotencyKey: randomUUID() };
  const facts = { name: `Garage ${randomUUID().slice(0, 8)}`, siren: inventedSiren(), departement: "69" };
  const input = {
    ...facts,
    street: "1 rue de l'Essai",
    postcode: "69001",
    city: "Lyon",
    billingMode: "PREPAID",
  };
  const { createSupplier } = await servers.must(adminToken, {
    query:
      "mutation ($input: CreateSupplierInput!, $idempotencyKey: String) { createSupplier(input: $input, idempotencyKey: $idempotencyKey) { id } }",
    variables: { input, ...once },
  });
  const supplierId = createSupplier.id as string;
  await servers.must(adminToken, {
    query:
      'mutation ($id: ID!) { waiveOnboarding(supplierId: $id, reason: "Test: it is invented.") { complete } }',
    variables: { id: supplierId },
  });
  const transfer = {
    supplierId,
    amountInclVatCents: 12_000_000,
    receivedOn: "2024-11-20",
    bankReference: randomUUID(),
  };
  await servers.must(adminToken, {
    query:
      "mutation ($input: BankTransferInput!, $idempotencyKey: String) { recordBankTransfer(input: $input, idempotencyKey: $idempotencyKey) { transferId } }",
    variables: { input: transfer, ...once },
  });
  const { createApiKey } = await servers.must(adminToken, {
    query: "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { token } }",
    variables: { input: { role: "SUPPLIER_INTEGRATION", supplierId, label: "test", waiveGoLive } },
  });
  const token = createApiKey.token as string;
  await servers.must(token, {
    query:
      "mutation ($input: CampaignInput!, $idempotencyKey: String) { createCampaign(input: $input, idempotencyKey: $idempotencyKey) { id } }",
    variables: {
      input: campaignInput({ zones: [{ departement: "975" }], pricePerLeadCents: priceCents }),
      ...once,
    },
  });
  return { id: supplierId, token };
}

export interface SeenEvent {
  readonly __typename: string;
  readonly cursor: string;
  readonly at: string;
  readonly leadId?: string;
  readonly lead?: { readonly contact: { readonly email: string | null } } | null;
}

/** Follows one feed, stores each event and then acknowledges it, while servers are killed. */
export class Integrator {
  readonly events: SeenEvent[] = [];
  /** The number of events whose acknowledgement was confirmed to this consumer. */
  acknowledged = 0;
  doubled = 0;
  reconnects = 0;
  private stopped = false;
  private following: Promise<void> = Promise.resolve();
  private hangUp: () => Promise<void> = () => Promise.resolve();
  private breakOff: () => void = () => undefined;

  constructor(
    private readonly servers: Reachable,
    readonly garage: Garage,
  ) {}

  start(): void {
    this.following = this.follow();
    // The error surfaces where events are awaited. This only prevents an unhandled rejection.
    this.following.catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.hangUp();
    await this.following;
  }

  /** Breaks the connection without a close frame. The client then reconnects. */
  cut(): void {
    this.breakOff();
  }

  /** The lead of the person with this address and the time of its match, once it has arrived. */
  leadOf(email: string): { readonly leadId: string; readonly at: string } | undefined {
    const matched = this.events.find(({ lead }) => lead?.contact.email === email);
    return matched?.leadId === undefined ? undefined : { leadId: matched.leadId, at: matched.at };
  }

  wasRevoked(leadId: string): boolean {
    return this.events.some((event) => event.__typename === "LeadRevoked" && event.leadId === leadId);
  }

  // A method, because TypeScript assumes that a property keeps its narrowed value across an await.
  private isStopped(): boolean {
    return this.stopped;
  }

  private async follow(): Promise<void> {
    while (!this.isStopped()) {
      const address = await this.servers.address();
      const after = this.events.at(-1)?.cursor ?? null;
      const feed = subscribe<SeenEvent>(address, this.garage.token, {
        query: feedSubscription,
        variables: { after },
      });
      this.hangUp = () => feed.stop();
      this.breakOff = () => feed.kill();
      try {
        while (!this.isStopped()) await this.take(await feed.next());
      } catch {
        this.reconnects += 1;
      }
      await feed.stop();
    }
  }

  private async take(event: SeenEvent): Promise<void> {
    if (this.events.some(({ cursor }) => cursor === event.cursor)) this.doubled += 1;
    else this.events.push(event);
    const query = "mutation ($upTo: Cursor!) { acknowledge(upTo: $upTo) { cursor } }";
    await this.servers.must(this.garage.token, { query, variables: { upTo: event.cursor } });
    this.acknowledged = this.events.length;
  }
}

/** The answers that a person's form site got, and what was done with the request. */
export interface Life {
  readonly input: Record<string, unknown>;
  readonly reference: string;
  readonly personalToken: string;
  /** Whether it was withdrawn without waiting for its delivery. */
  readonly hasty: boolean;
  readonly withdrawn: boolean;
  /** The externalId of reports that were accepted. */
  readonly reported: string | null;
}

export interface World {
  readonly servers: Reachable;
  readonly formToken: string;
  readonly integrators: readonly Integrator[];
}

/**
 * Takes a request from the form to its end and repeats each step until it is answered. `kind` chooses one of three
 * endings.
 */
export async function live(world: World, kind: number): Promise<Life> {
  const email = `vie.${randomUUID()}@exemple.example`;
  const sent = await send(world, email);
  const life = { ...sent, hasty: kind % 3 === 1, withdrawn: kind % 3 !== 2 };
  if (life.hasty) {
    await withdraw(world, life.personalToken);
    return { ...life, reported: null };
  }
  const received = await Promise.all(
    world.integrators.map(async (one) => ({
      ...(await until("the lead is delivered", () => Promise.resolve(one.leadOf(email)))),
      one,
    })),
  );
  await Promise.all(
    received.map(({ one, ...lead }) => report(world, one.garage.token, { ...lead, externalId: email })),
  );
  if (life.withdrawn) {
    await withdraw(world, life.personalToken);
    const isTold = received.map(
      ({ one, leadId }) =>
        () =>
          one.wasRevoked(leadId),
    );
    await until("every supplier is told of the end", () => Promise.resolve(isTold.every((told) => told())));
  }
  return { ...life, reported: email };
}

type Sent = Pick<Life, "input" | "reference" | "personalToken">;

async function send({ servers, formToken, integrators }: World, email: string): Promise<Sent> {
  const { previewRecipients } = await servers.must(formToken, {
    query: "mutation ($input: PreviewRecipientsInput!) { previewRecipients(input: $input) { token } }",
    variables: { input: { product: "NEW_CAR", answers: answers(), location: place } },
  });
  const input = {
    token: previewRecipients.token as string,
    contact: person({ email, postcode: "97500", city: "Saint-Pierre" }),
    grants: [transmitTo(integrators.map(({ garage }) => garage.id))],
    idempotencyKey: randomUUID(),
  };
  const { submitLead } = await servers.must(formToken, { query: submitMutation, variables: { input } });
  const { reference, personalToken, demoCode } = submitLead as Record<string, string>;
  if (!reference || !personalToken) throw new Error(JSON.stringify(submitLead));
  const { confirmPhone } = await servers.must(formToken, {
    query: confirmMutation,
    variables: { input: { reference, code: demoCode } },
  });
  // An earlier attempt, whose answer was lost, has confirmed it.
  const isConfirmed =
    confirmPhone.__typename === "LeadSubmitted" || confirmPhone.reason === "ALREADY_CONFIRMED";
  if (!isConfirmed) throw new Error(JSON.stringify(confirmPhone));
  return { input, reference, personalToken };
}

async function withdraw({ servers }: World, personalToken: string): Promise<void> {
  await servers.must(personalToken, { query: "mutation { withdrawConsent(input: {}) { state } }" });
}

async function report(
  { servers }: World,
  token: string,
  { leadId, at: occurredAt, externalId }: { leadId: string; at: string; externalId: string },
): Promise<void> {
  const outcome = { leadId, status: "CONTACTED", occurredAt, externalId };
  const { reportOutcomes } = await servers.must(token, {
    query: "mutation ($input: [OutcomeInput!]!) { reportOutcomes(input: $input) { accepted error } }",
    variables: { input: [outcome] },
  });
  if (!reportOutcomes[0].accepted) throw new Error(JSON.stringify(reportOutcomes));
}
