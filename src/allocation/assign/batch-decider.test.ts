import fc from "fast-check";
import { candidate, later, lead, noon } from "../../../test/support/decision-worlds";
import type { Cap } from "../../offers/campaigns";
import { productById } from "../../reference/catalogue";
import type { Candidate, Relation } from "../matching";
import { windowKey, windowsOf } from "./capacities";
import { BatchDecider, unservedOf, type DecidedLead, type RepeatSeat, type Undecided } from "./batch-decider";

const suppliers = ["s1", "s2", "s3", "s4"];
const products = ["NEW_CAR", "CAR_INSURANCE"];

/** A lead before any facts are loaded. Few people and few roots, so that leads collide. */
interface Asking {
  readonly id: string;
  readonly root: string;
  readonly product: string;
  readonly contact: { readonly email: string; readonly phone: string | null };
  readonly consented: readonly string[];
  readonly at: Date;
}

interface Delivered extends RepeatSeat {
  readonly by: Asking;
}

/** What a database would contain, computed by the test itself. */
interface Store {
  readonly available: ReadonlyMap<string, number>;
  readonly used: ReadonlyMap<string, number>;
  readonly deliveries: readonly Delivered[];
}

interface World {
  readonly candidates: readonly Candidate[];
  readonly ownCustomers: ReadonlySet<string>;
  readonly leads: readonly Asking[];
  readonly store: Store;
}

const isSamePerson = (a: Asking["contact"], b: Asking["contact"]): boolean =>
  a.email === b.email || (a.phone !== null && a.phone === b.phone);
const newest = (deliveries: readonly Delivered[]): Date | null =>
  deliveries.reduce<Date | null>((last, { by: { at } }) => (last === null || at > last ? at : last), null);

/** Loads a lead from the store as if it were tried alone. */
function read({ candidates, ownCustomers }: World, of: Asking, { deliveries }: Store): Undecided {
  const { id, root, product, contact, consented, at } = of;
  const repeats = deliveries
    .filter(({ by, leadId }) => by.root === root && leadId !== id)
    .sort((a, b) => (a.leadId === b.leadId ? a.seat - b.seat : a.leadId < b.leadId ? -1 : 1));
  const unserved = unservedOf(
    consented,
    repeats.map(({ supplierId }) => supplierId),
  );
  const before = deliveries.filter(({ by }) => by.product === product);
  const relations = unserved.flatMap((supplierId): Relation[] => {
    const received = before.filter(
      (one) => one.supplierId === supplierId && isSamePerson(one.by.contact, contact),
    );
    const lastReceivedAt = newest(received);
    const isOwnCustomer = ownCustomers.has(`${supplierId} ${contact.email}`);
    return lastReceivedAt || isOwnCustomer ? [{ supplierId, lastReceivedAt, isOwnCustomer }] : [];
  });
  const turns = suppliers.flatMap((supplierId) => {
    const last = newest(before.filter((one) => one.supplierId === supplierId));
    return last ? [[supplierId, last] as const] : [];
  });
  return {
    ...{ root, contact, consented, relations, at },
    lead: { id },
    facts: { ...lead, leadId: id, product },
    own: { seats: null, deliveries: [] },
    repeats: repeats.map(({ leadId, supplierId, seat, maxSeats }) => ({
      leadId,
      supplierId,
      seat,
      maxSeats,
    })),
    limit: productById(product)?.seats ?? 1,
    candidates: candidates.filter(
      ({ terms, supplierId }) => terms.product === product && consented.includes(supplierId),
    ),
    loaded: product === "CAR_INSURANCE" ? { lastReceivedAt: new Map(turns) } : {},
  };
}

/** The store after the decision's transaction. */
function written(store: Store, by: Asking, { decision }: DecidedLead): Store {
  const available = new Map(store.available);
  const used = new Map(store.used);
  const delivered = decision.taking.taken.map(
    ({ candidate: { supplierId, campaignId, terms, ...rest }, seat }) => {
      available.set(supplierId, (available.get(supplierId) ?? 0) - terms.pricePerLeadCents);
      const windows = windowsOf({ supplierId, campaignId, terms, ...rest }, by.at);
      for (const window of windows) {
        const cost = window.unit === "LEADS" ? 1 : terms.pricePerLeadCents;
        used.set(windowKey(window), (used.get(windowKey(window)) ?? 0) + cost);
      }
      return { by, leadId: by.id, supplierId, seat, maxSeats: terms.maxSeats };
    },
  );
  return { available, used, deliveries: [...store.deliveries, ...delivered] };
}

function oneByOne(world: World): { made: DecidedLead[]; store: Store } {
  let { store } = world;
  const made = world.leads.map((asking) => {
    const one = new BatchDecider({ ...store, connected: new Map() }).decide(read(world, asking, store));
    store = written(store, asking, one);
    return one;
  });
  return { made, store };
}

const capArbitrary = fc.record<Cap>({
  unit: fc.constantFrom("LEADS", "SPEND_CENTS"),
  period: fc.constantFrom("HOUR", "DAY", "WEEK", "MONTH"),
  limit: fc.constantFrom(1, 2, 3, 6_000, 9_500),
});
const candidatesArbitrary = fc
  .array(
    fc.record({
      supplierId: fc.constantFrom(...suppliers),
      product: fc.constantFrom(...products),
      pricePerLeadCents: fc.constantFrom(2_000, 3_000, 4_500),
      caps: fc.uniqueArray(capArbitrary, { maxLength: 2, selector: ({ unit, period }) => unit + period }),
      maxSeats: fc.constantFrom(null, null, null, 1, 2),
      duplicateWindowDays: fc.constantFrom(30, 30, 0),
    }),
    { minLength: 2, maxLength: 9 },
  )
  .map((drafts) => drafts.map((draft, index) => candidate(`c${String(index)}`, draft)));
const leadsArbitrary = fc
  .array(
    fc.record({
      root: fc.option(fc.nat({ max: 7 })),
      product: fc.constantFrom(...products),
      email: fc.constantFrom(
        "a@exemple.example",
        "b@exemple.example",
        "c@exemple.example",
        "d@exemple.example",
      ),
      phone: fc.constantFrom(null, null, "+33639980001", "+33639980002"),
      consented: fc.uniqueArray(fc.constantFrom(...suppliers), { minLength: 1 }),
    }),
    { minLength: 2, maxLength: 8 },
  )
  .map((drafts) =>
    drafts.map(({ root, product, email, phone, consented }, index): Asking => {
      // Requests share a root only if they ask for the same.
      const first = drafts.slice(0, index).find((one, place) => place === root && one.root === null);
      const joins = first?.product === product ? first : null;
      return {
        ...{ id: `l${String(index)}`, root: `l${String(joins ? root : index)}`, product, consented },
        contact: { email: joins?.email ?? email, phone },
        // Crosses the end of an hour.
        at: new Date(later(1).getTime() - 3 + index),
      };
    }),
  );
const worldArbitrary: fc.Arbitrary<World> = fc.record({
  candidates: candidatesArbitrary,
  ownCustomers: fc
    .subarray(["s1 a@exemple.example", "s2 b@exemple.example"])
    .map((known): ReadonlySet<string> => new Set(known)),
  leads: leadsArbitrary,
  store: fc
    .tuple(...suppliers.map(() => fc.constantFrom(0, 3_000, 5_000, 9_000, 100_000)))
    .map((cents): Store => ({
      available: new Map(suppliers.map((id, index) => [id, cents[index] ?? 0])),
      used: new Map(),
      deliveries: [],
    })),
});

describe("the leads of a batch", () => {
  it("get the same decisions, and leave the same capacity, as when they are decided one by one", () => {
    let takers = 0;
    fc.assert(
      fc.property(worldArbitrary, (world) => {
        const decider = new BatchDecider({ ...world.store, connected: new Map() });
        const made = world.leads.map((asking) => decider.decide(read(world, asking, world.store)));
        const apart = oneByOne(world);
        expect(made.map(({ input, decision }) => ({ input, decision }))).toEqual(
          apart.made.map(({ input, decision }) => ({ input, decision })),
        );
        for (const id of suppliers) expect(decider.left(id)).toBe(apart.store.available.get(id));
        const raised = new Map(decider.windows.map((window) => [windowKey(window), window.used]));
        expect(raised).toEqual(apart.store.used);
        takers += apart.store.deliveries.length;
      }),
      { numRuns: 150 },
    );
    // Otherwise the test would have compared nothing.
    expect(takers).toBeGreaterThan(150);
  });

  const three = {
    limit: 3,
    consented: ["s1"],
    own: { seats: null, deliveries: [] },
    repeats: [],
    relations: [],
  };
  const asked = (id: string, change: Partial<Undecided> = {}): Undecided => ({
    ...{ ...three, lead: { id }, root: id, facts: { ...lead, leadId: id }, loaded: {}, at: noon },
    contact: { email: `${id}@exemple.example`, phone: null },
    candidates: [candidate("c1", { supplierId: "s1", pricePerLeadCents: 3_000 })],
    ...change,
  });
  const reasons = (left: number, ...leads: readonly Undecided[]): (string | undefined)[] => {
    const decider = new BatchDecider({
      used: new Map(),
      available: new Map([["s1", left]]),
      connected: new Map(),
    });
    return leads.map((one) => decider.decide(one).decision.outcome.verdicts[0]?.reason);
  };

  it("share the last money of a supplier", () => {
    expect(reasons(5_999, asked("one"), asked("two"))).toEqual([undefined, "BALANCE_TOO_LOW"]);
  });

  it("share the last place of a cap", () => {
    const capped = [
      candidate("c1", { supplierId: "s1", caps: [{ unit: "LEADS", period: "DAY", limit: 1 }] }),
    ];
    const leads = ["one", "two"].map((id) => asked(id, { candidates: capped }));
    expect(reasons(90_000, ...leads)).toEqual([undefined, "CAP_REACHED"]);
  });

  it("share their seats if one repeats the other", () => {
    expect(reasons(90_000, asked("one"), asked("two", { root: "one" }))).toEqual([
      undefined,
      "ALREADY_RECEIVED",
    ]);
  });

  it("are not sold twice to one supplier if the same person asks twice", () => {
    const contact = { email: "x@exemple.example", phone: null };
    const leads = ["one", "two"].map((id) => asked(id, { contact }));
    expect(reasons(90_000, ...leads)).toEqual([undefined, "RECEIVED_RECENTLY"]);
  });
});
