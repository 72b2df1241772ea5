import fc from "fast-check";
import { Client } from "pg";
import { chargeOf, creditOf, type Movement, type TermsUpdate } from "../../src/account/ledger";
import { newId } from "../../src/platform/ids";
import { asOwnerOf } from "../support/rows";
import { until } from "../support/until";
import { newSupplier, openBooks, siretOf, staff, type Books } from "./ledger-fixture";

let books: Books;
let suppliers = 0;

beforeAll(async () => {
  books = await openBooks();
});
afterAll(() => books.close());

async function supplierWith(change: Parameters<typeof newSupplier>[1] = {}): Promise<string> {
  const { id } = await books.suppliers.create(staff("OPERATOR"), newSupplier(++suppliers, change), null);
  return id;
}

const post = (supplierId: string, movements: readonly Movement[], at = new Date()): Promise<void> =>
  books.transact({ role: "worker" }, (tx) =>
    books.accounts.withAccounts(tx, [supplierId], async (accounts) => {
      const account = accounts.get(supplierId);
      if (!account) throw new Error("The account is missing.");
      const causes = movements.map((move) => ({
        ...move,
        account,
        causeKind: "DELIVERY" as const,
        causeId: newId(),
        at,
      }));
      await books.accounts.post(tx, causes);
    }),
  );

const accountOf = (supplierId: string): ReturnType<Books["reader"]["account"]> =>
  books.transact({ role: "supplier", supplierId, limits: null }, (tx) =>
    books.reader.account(tx, supplierId),
  );

const postingsOf = (supplierId: string, limit = 100): ReturnType<Books["reader"]["postings"]> =>
  books.transact({ role: "supplier", supplierId, limits: null }, (tx) =>
    books.reader.postings(tx, supplierId, { before: null, limit }),
  );

const pay = (supplierId: string, amountInclVatCents: number, bankReference: string): Promise<unknown> =>
  books.finance.recordTransfer(
    staff("FINANCE"),
    { supplierId, amountInclVatCents, receivedOn: "2026-01-05", bankReference },
    null,
  );

describe("a supplier's account", () => {
  it("keeps all of 20 concurrent postings and numbers them without gaps", async () => {
    const id = await supplierWith();
    await Promise.all(Array.from({ length: 20 }, () => post(id, [chargeOf("PREPAID", 100)])));
    const numbers = (await postingsOf(id)).map(({ number }) => number);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => 20 - index));
    expect((await accountOf(id)).balanceCents).toBe(-2000);
  });

  it("is locked in the order of the ids, whatever the order of the suppliers, so there are no deadlocks", async () => {
    const [a, b] = [await supplierWith(), await supplierWith()].sort() as [string, string];
    const both = (ids: string[]): Promise<void> =>
      books.transact({ role: "worker" }, (tx) =>
        books.accounts.withAccounts(tx, ids, async (accounts) => {
          for (const account of accounts.values()) account.lastPosition += 1;
        }),
      );
    const holder = await asOwnerOf(books.database);
    await holder.rows("BEGIN");
    await holder.rows("SELECT FROM supplier_account WHERE supplier_id = $1 FOR UPDATE", [a]);
    const changes = Promise.all(Array.from({ length: 6 }, (_, n) => both(n % 2 ? [a, b] : [b, a])));
    await until("all wait for a lock", async () => {
      const waiting = await holder.rows(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      return waiting.length === 6;
    });
    // All of them wait for the first account: this fails if one of them holds the second.
    await holder.rows("SELECT FROM supplier_account WHERE supplier_id = $1 FOR UPDATE NOWAIT", [b]);
    await holder.rows("COMMIT");
    await holder.end();
    await changes;
    const rows: unknown[] = await books.transact({ role: "worker" }, (tx) =>
      tx.query("SELECT last_position FROM supplier_account WHERE supplier_id = ANY ($1)", [[a, b]]),
    );
    expect(rows).toEqual([{ last_position: "6" }, { last_position: "6" }]);
  });

  it("has a balance equal to the sum of its postings, after any sequence of them", async () => {
    const id = await supplierWith();
    const movement = fc
      .tuple(fc.boolean(), fc.integer({ min: 1, max: 100_000 }))
      .map(([isCharge, cents]) => (isCharge ? chargeOf("PREPAID", cents) : creditOf("PREPAID", cents)));
    await fc.assert(
      fc.asyncProperty(fc.array(movement, { maxLength: 5 }), async (movements) => {
        await post(id, movements);
        const rows = await postingsOf(id, 10_000);
        const sum = rows.reduce(
          (total, { kind, amountCents }) => total + (kind === "CREDIT" ? amountCents : -amountCents),
          0,
        );
        expect((await accountOf(id)).balanceCents).toBe(sum);
      }),
      { numRuns: 25 },
    );
  });

  it("is charged only once for the same cause", async () => {
    const id = await supplierWith();
    const cause = { causeKind: "DELIVERY" as const, causeId: newId(), at: new Date() };
    const charge = (): Promise<unknown> =>
      books.transact({ role: "worker" }, (tx) =>
        books.accounts.withAccounts(tx, [id], async (accounts) => {
          const account = accounts.get(id);
          if (account) await books.accounts.post(tx, [{ ...chargeOf("PREPAID", 100), ...cause, account }]);
        }),
      );
    await charge();
    await expect(charge()).rejects.toMatchObject({ code: "23505" });
    expect((await accountOf(id)).balanceCents).toBe(-100);
  });

  it("that does not exist is NOT_FOUND", async () => {
    await expect(post(newId(), [])).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(post("not-an-id", [])).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is not visible to another supplier", async () => {
    const [mine, other] = [await supplierWith(), await supplierWith()];
    await post(other, [chargeOf("PREPAID", 100)]);
    await pay(other, 120, "NEIGHBOUR-1");
    await books.transact({ role: "supplier", supplierId: mine, limits: null }, async (tx) => {
      await expect(books.reader.account(tx, other)).rejects.toMatchObject({ code: "NOT_FOUND" });
      expect(await books.reader.postings(tx, other, { before: null, limit: 10 })).toEqual([]);
      expect(await tx.query("SELECT id FROM bank_transfer")).toEqual([]);
    });
  });
});

describe("a posting", () => {
  it.each(["UPDATE posting SET amount_cents = 1", "DELETE FROM posting", "TRUNCATE posting"])(
    "cannot be changed, deleted or truncated even by the database's owner: %s",
    async (statement) => {
      await post(await supplierWith(), [chargeOf("PREPAID", 100)]);
      const owner = new Client({ connectionString: books.database.ownerUrl });
      await owner.connect();
      await expect(owner.query(statement)).rejects.toThrow("append-only");
      await owner.end();
    },
  );

  it("cannot be written by a supplier", async () => {
    const id = await supplierWith();
    const written = books.transact({ role: "supplier", supplierId: id, limits: null }, (tx) =>
      tx.query(`INSERT INTO posting VALUES (1, $1, 1, now(), 'CREDIT', '709', '4191', 1, 'DELIVERY', 'x')`, [
        id,
      ]),
    );
    await expect(written).rejects.toMatchObject({ code: "42501" });
  });
});

describe("a bank transfer", () => {
  it("credits the net amount to the supplier and the VAT to its account, and keeps the bank reference", async () => {
    const id = await supplierWith({ departement: "974" });
    const [before] = [books.opened];
    await pay(id, 108_500, "SCT-974");
    expect((await accountOf(id)).balanceCents).toBe(100_000);
    const postings = await postingsOf(id);
    expect(postings).toMatchObject([
      { number: 2, kind: "BANK_TRANSFER_VAT", credit: "44571", amountCents: 8500 },
      { number: 1, kind: "BANK_TRANSFER", credit: "4191", amountCents: 100_000 },
    ]);
    const transfers: { reference: string }[] = await books.transact({ role: "staff" }, (tx) =>
      tx.query("SELECT bank_reference AS reference FROM bank_transfer WHERE id = ANY ($1)", [
        postings.map(({ causeId }) => causeId),
      ]),
    );
    expect(transfers).toEqual([{ reference: "SCT-974" }]);
    expect(books.opened).toBe(before + 1);
  });

  it("is recorded once, even by ten concurrent requests", async () => {
    const id = await supplierWith();
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => pay(id, 12_000, "SCT-ONCE")));
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(9);
    expect(refused.every(({ reason }) => (reason as { code: string }).code === "CONFLICT")).toBe(true);
    expect((await accountOf(id)).balanceCents).toBe(10_000);
  });

  it("marks the account, so that leads waiting for money are tried again", async () => {
    const id = await supplierWith();
    const openedAt = (): Promise<{ opened_at: Date }[]> =>
      books.transact({ role: "worker" }, (tx) =>
        tx.query("SELECT opened_at FROM supplier_account WHERE supplier_id = $1", [id]),
      );
    const [before] = await openedAt();
    await pay(id, 12_000, "SCT-MARK");
    const [after] = await openedAt();
    expect(Number(after?.opened_at)).toBeGreaterThan(Number(before?.opened_at));
  });
});

describe("a monthly statement", () => {
  it("uses the months of Paris and opens each month with the last closing balance", async () => {
    const id = await supplierWith();
    await post(id, [creditOf("PREPAID", 5000)], new Date("2026-10-15T10:00:00Z"));
    await post(id, [chargeOf("PREPAID", 700)], new Date("2026-10-31T22:59:59.999Z"));
    await post(id, [chargeOf("PREPAID", 300), chargeOf("PREPAID", 200)], new Date("2026-10-31T23:00:00Z"));
    const statement = (month: string): ReturnType<Books["reader"]["statement"]> =>
      books.transact({ role: "supplier", supplierId: id, limits: null }, (tx) =>
        books.reader.statement(tx, id, month),
      );
    expect(await statement("2026-10")).toMatchObject({
      openingBalanceCents: 0,
      chargesCents: 700,
      creditsCents: 5000,
      closingBalanceCents: 4300,
      leadCount: 1,
    });
    expect(await statement("2026-11")).toMatchObject({
      openingBalanceCents: 4300,
      chargesCents: 500,
      closingBalanceCents: 3800,
      leadCount: 2,
    });
    await expect(statement("2026-13")).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});

describe("the billing mode", () => {
  const set = (supplierId: string, update: TermsUpdate): Promise<unknown> =>
    books.billing.setTerms(staff("FINANCE"), supplierId, update);

  it("can change only at a balance of 0", async () => {
    const supplierId = await supplierWith();
    await set(supplierId, { mode: "POSTPAID", creditLimitCents: 50_000 });
    expect(await accountOf(supplierId)).toMatchObject({ mode: "POSTPAID", creditLimitCents: 50_000 });
    await post(supplierId, [chargeOf("POSTPAID", 100)]);
    await expect(set(supplierId, { mode: "PREPAID" })).rejects.toMatchObject({ code: "CONFLICT" });
    await post(supplierId, [creditOf("POSTPAID", 100)]);
    await set(supplierId, { mode: "PREPAID" });
    expect(await accountOf(supplierId)).toMatchObject({ mode: "PREPAID", creditLimitCents: 0 });
  });
});

describe("creating a supplier", () => {
  it("returns the same supplier for a repeated key and CONFLICT for another input under it", async () => {
    const input = newSupplier(++suppliers);
    const create = (change = {}): ReturnType<Books["suppliers"]["create"]> =>
      books.suppliers.create(staff("OPERATOR"), { ...input, ...change }, "take-on-1");
    const [first, again] = await Promise.all([create(), create()]);
    expect(again).toEqual(first);
    await expect(create({ name: "Another" })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("knows no French address of a supplier or site abroad, because its postcode means another place there", async () => {
    const { siren: _, departement: _d, ...input } = newSupplier(++suppliers);
    const by = staff("OPERATOR");
    const german = {
      country: "DE",
      vatNumber: "DE129274202",
      registerNumber: "HRB 6",
      registerName: "Essai",
    };
    const { id } = await books.suppliers.create(by, { ...input, ...german, postcode: "69115" }, null);
    const heidelberg = { supplierId: id, name: "Heidelberg", street: "Probestr. 1", city: "Heidelberg" };
    const site = await books.suppliers.createSite(by, { ...heidelberg, postcode: "69115" }, null);
    const french = await books.suppliers.create(by, newSupplier(++suppliers), null);
    const found = await books.transact({ role: "worker" }, (tx) =>
      books.book.addresses(tx, [id, site.id, french.id]),
    );
    expect([...found.keys()]).toEqual([french.id]);
  });

  it("refuses a SIREN or SIRET that is already known", async () => {
    const input = newSupplier(++suppliers);
    const { id: supplierId } = await books.suppliers.create(staff("OPERATOR"), input, null);
    await expect(books.suppliers.create(staff("OPERATOR"), input, null)).rejects.toMatchObject({
      code: "CONFLICT",
    });
    const site = { ...input, supplierId, siret: siretOf(input.siren ?? "") };
    const { id } = await books.suppliers.createSite(staff("OPERATOR"), site, null);
    await expect(books.suppliers.createSite(staff("OPERATOR"), site, null)).rejects.toMatchObject({
      code: "CONFLICT",
    });
    const [sites] = await books.transact({ role: "supplier", supplierId, limits: null }, (tx) =>
      books.book.sitesOf(tx, [supplierId]),
    );
    expect(sites).toMatchObject([{ id, siret: site.siret }]);
  });

  it("is followed by a list that pages through every supplier once, newest first", async () => {
    for (let n = 0; n < 5; n++) await supplierWith();
    const seen: string[] = [];
    let after: { createdAt: string; id: string } | null = null;
    for (let rows; !rows || rows.length === 2;) {
      rows = await books.transact({ role: "staff" }, (tx) => books.book.page(tx, { after, limit: 2 }));
      seen.push(...rows.map(({ id }) => id));
      const last = rows.at(-1);
      after = last ? { createdAt: last.createdAt.toISOString(), id: last.id } : null;
    }
    const rows: { id: string }[] = await books.transact({ role: "staff" }, (tx) =>
      tx.query("SELECT id FROM supplier ORDER BY created_at DESC, id DESC"),
    );
    expect(seen).toEqual(rows.map(({ id }) => id));
  });
});

describe("the price floor", () => {
  const all = (time: string) =>
    books.transact({ role: "worker" }, (tx) =>
      books.floors.at(tx, { id: "NEW_CAR", floorCents: 2000 }, new Date(time)),
    );
  const at = async (time: string): Promise<number | undefined> =>
    (await all(time)).find(({ departement }) => departement === null)?.floorCents;
  const set = (floorCents: number, since?: Date): Promise<unknown> =>
    books.floors.set(staff("FINANCE"), { product: "NEW_CAR", floorCents, since }, null);

  it("is the product's own until another takes effect at its start time", async () => {
    await set(2500, new Date("2099-01-01T00:00:00Z"));
    await set(3000, new Date("2099-02-01T00:00:00Z"));
    expect(await at("2098-12-31T23:59:59.999Z")).toBe(2000);
    expect(await at("2099-01-01T00:00:00Z")).toBe(2500);
    expect(await at("2099-03-01T00:00:00Z")).toBe(3000);
  });

  it("for some leads applies beside the general one until it is ended", async () => {
    const insert = (since: string, floorCents: number) =>
      books.floors.set(
        staff("FINANCE"),
        { product: "NEW_CAR", departement: "75", exclusive: true, floorCents, since: new Date(since) },
        null,
      );
    await insert("2100-01-01T00:00:00Z", 9000);
    await insert("2100-02-01T00:00:00Z", 0);
    const own = { departement: "75", criteria: [], exclusive: true, floorCents: 9000 };
    expect(await all("2099-12-31T00:00:00Z")).toHaveLength(1);
    expect(await all("2100-01-15T00:00:00Z")).toContainEqual(expect.objectContaining(own));
    expect(await all("2100-02-01T00:00:00Z")).toHaveLength(1);
  });

  it("cannot be set in the past, twice for the same time, to zero, or for an unknown scope", async () => {
    const since = new Date("2099-05-01T00:00:00Z");
    await set(2500, since);
    await expect(set(2600, since)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(set(2600, new Date("2020-01-01T00:00:00Z"))).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    await expect(set(0)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    for (const wrong of [{ product: "BOAT" }, { departement: "99" }, { criteria: [{ field: "colour" }] }]) {
      const other = { product: "NEW_CAR", floorCents: 2500, ...wrong };
      await expect(books.floors.set(staff("FINANCE"), other, null)).rejects.toMatchObject({
        code: "INVALID_INPUT",
      });
    }
  });
});
