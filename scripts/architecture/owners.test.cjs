const { ownerFaults } = require("./owners.cjs");
const { tablesOf } = require("./sql-tables.cjs");

const architecture = {
  features: {
    "shop/goods": { mayUse: [], owns: ["goods", "stock"], publishes: ["goods_card"] },
    "shop/orders": {
      mayUse: ["shop/goods"],
      owns: ["order_line"],
      mayRead: { goods: "An order names its goods." },
    },
    "books/sales": { mayUse: [], owns: ["sale"], mayRead: { goods_card: "A sale names its goods." } },
  },
  folders: { app: [] },
};
const relations = new Set(["goods", "stock", "goods_card", "order_line", "sale"]);
const reading = ["shop/orders", "SELECT id FROM goods"];
const viewing = ["books/sales", "SELECT id FROM goods_card"];

const check = (sources, { features = {}, ...rest } = {}) =>
  ownerFaults(
    { ...architecture, ...rest, features: { ...architecture.features, ...features } },
    relations,
    [reading, viewing, ...sources].map(([place, sql]) => {
      const file = `src/${place}/rows.service.ts`;
      return { file, ...tablesOf(file, `export const sql = \`${sql}\`;`) };
    }),
  ).faults;

describe("the owner check", () => {
  it("accepts writes of the owner and reads that are listed", () => {
    expect(check([["shop/goods", "INSERT INTO stock (id) SELECT id FROM goods"]])).toEqual([]);
  });

  it.each([
    ["UPDATE goods SET price = 1"],
    ["DELETE FROM goods USING order_line"],
    ["INSERT INTO goods (id) VALUES ($1)"],
    ["WITH made AS (INSERT INTO goods (id) VALUES ($1) RETURNING id) SELECT id FROM made"],
  ])("refuses a write of another feature's table: %s", (sql) => {
    expect(check([["shop/orders", sql]])).toEqual([
      expect.stringContaining("goods is written, and shop/goods owns it"),
    ]);
  });

  it.each([
    ["SELECT id FROM order_line JOIN stock USING (id)"],
    ["SELECT (SELECT count(*) FROM stock) AS n"],
    ["SELECT 1 FROM order_line o, stock s"],
    ["SELECT 1 FROM order_line WHERE EXISTS (SELECT FROM ONLY stock)"],
  ])("refuses a read that is not listed: %s", (sql) => {
    expect(check([["shop/orders", sql]])).toEqual([
      expect.stringContaining("stock of shop/goods is read, and not listed in mayRead"),
    ]);
  });

  it("refuses to read another module's table, listed or not, and accepts its view", () => {
    const features = {
      "books/sales": { mayUse: [], owns: ["sale"], mayRead: { goods: "", goods_card: "" } },
    };
    expect(check([["books/sales", "SELECT id FROM goods"]], { features })).toEqual([
      expect.stringContaining("goods is a table of another module: read a view that shop/goods publishes"),
    ]);
  });

  it("refuses a cycle of imports and SQL", () => {
    const features = {
      "shop/goods": { ...architecture.features["shop/goods"], mayRead: { order_line: "" } },
    };
    expect(check([["shop/goods", "SELECT id FROM order_line"]], { features })).toEqual([
      "shop/goods uses or reads shop/orders, which stands below it: together they could form a cycle",
    ]);
  });

  it("refuses a folder without features that reads a table", () => {
    expect(check([["app/server", "SELECT id FROM goods"]])).toEqual([
      expect.stringContaining("goods of shop/goods is read, and not listed in mayRead"),
    ]);
  });

  it("refuses tables without an owner, with two, or that do not exist", () => {
    const features = { "shop/more": { mayUse: [], owns: ["stock", "gone"] } };
    const known = new Set([...relations, "lost"]);
    const all = { ...architecture.features, ...features };
    expect(ownerFaults({ folders: {}, features: all }, known, []).faults).toEqual(
      expect.arrayContaining([
        "nobody owns lost",
        "gone is owned and does not exist",
        "stock is owned twice",
      ]),
    );
  });

  it("reports what is listed and no longer read", () => {
    expect(ownerFaults(architecture, relations, []).faults).toEqual([
      "shop/orders lists goods in mayRead and does not read it",
      "books/sales lists goods_card in mayRead and does not read it",
    ]);
  });
});

describe("the tables of a statement", () => {
  const tables = (sql) => tablesOf("rows.ts", `const sql = \`${sql}\`;`).uses.map(({ table }) => table);

  it.each([
    ["SELECT extract(month FROM at) FROM sale WHERE a IS DISTINCT FROM b", ["sale"]],
    ["SELECT 1 FROM unnest($1::uuid[]) AS wanted (id)", []],
    ["WITH wanted AS (SELECT id FROM goods) SELECT id FROM wanted JOIN sale USING (id)", ["goods", "sale"]],
    ["SELECT id FROM goods FOR UPDATE OF goods SKIP LOCKED", ["goods"]],
    ["INSERT INTO sale (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET n = 1", ["sale"]],
    ["SELECT 'FROM stock' FROM goods -- FROM order_line", ["goods"]],
  ])("reads %s", (sql, expected) => {
    expect(tables(sql)).toEqual(expected);
  });

  it("refuses a table name that is built at run time", () => {
    const { faults } = tablesOf("rows.ts", "const sql = `SELECT id FROM ${table} WHERE x`;");
    expect(faults).toEqual([{ line: 1, message: expect.stringContaining("built at run time") }]);
  });

  it("finds the line of a table in a long statement", () => {
    expect(tablesOf("rows.ts", "\nconst sql = `SELECT id\nFROM goods`;").uses).toEqual([
      { table: "goods", access: "read", line: 3 },
    ]);
  });
});
