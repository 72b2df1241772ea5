import { randomBytes } from "node:crypto";
import { idFrom, monthOfId } from "../../src/shared/months";
import { cloneDatabase, type TestDatabase } from "../support/database";
import { asOwnerOf, type Owner } from "../support/rows";

let database: TestDatabase;
let owner: Owner;

beforeAll(async () => {
  database = await cloneDatabase();
  owner = await asOwnerOf(database);
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

describe("month_of_id", () => {
  it("returns the same month for an id as monthOfId in TypeScript", async () => {
    const ids = ["2000-01-01", "2024-12-31", "2026-11-30", "2099-06-15"].map((day) =>
      idFrom(new Date(`${day}T12:00:00Z`), randomBytes(16)),
    );
    const rows = await owner.rows("SELECT month_of_id(id) AS month FROM unnest($1::uuid[]) AS id", [ids]);
    expect(rows.map(({ month }) => month)).toEqual(ids.map(monthOfId));
  });

  it("is inlined by the planner, so that a key of month and id still finds the row", async () => {
    const plan = await owner.rows(
      `EXPLAIN VERBOSE SELECT d.id FROM posting p
       JOIN delivery d ON d.month = month_of_id(p.cause_id::uuid) AND d.id = p.cause_id::uuid`,
    );
    expect(JSON.stringify(plan)).toContain("d.month");
    expect(JSON.stringify(plan)).not.toContain("month_of_id");
  });
});
