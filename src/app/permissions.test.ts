/** Checks who may use which root field, for all modules. Reviewers read the same table in docs/permissions.md. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { roles } from "../access/identity";
import { permissions } from "./api";

const file = path.resolve(__dirname, "../../docs/permissions.md");

const introduction = `# Who may use which root field

Every query, mutation and subscription, and the roles that may use it. The source is \`src/<module>/permissions.ts\`; after a
change there, \`UPDATE_PERMISSIONS=1 npx jest src/app/permissions.test.ts\` writes this table. Row-level security decides
whose rows the caller then sees.
`;

/** As Markdown: a row for each root field, a column for each role. */
function tableOf(fields: readonly string[]): string {
  const header = ["root field", ...roles];
  const rows = fields.map((field) => {
    const allowed = permissions[field] ?? [];
    return [field, ...roles.map((role) => (allowed === "PUBLIC" || allowed.includes(role) ? "x" : ""))];
  });
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |\n`;
  const rule = widths.map((width) => "-".repeat(width));
  return [header, rule, ...rows].map(line).join("");
}

describe("permissions", () => {
  it("match docs/permissions.md", () => {
    const fields = Object.keys(permissions).sort();
    const open = fields.filter((field) => permissions[field] === "PUBLIC");
    const printed = `${introduction}\nOpen to anybody, signed in or not: ${open.join(", ")}.\n\n${tableOf(fields)}`;
    if (process.env.UPDATE_PERMISSIONS) writeFileSync(file, printed);
    expect(printed).toBe(readFileSync(file, "utf8"));
  });

  it("allow an administrator everything that other staff may do", () => {
    const staff = ["OPERATOR", "FINANCE", "DPO"];
    const withoutAdmin = Object.entries(permissions).filter(
      ([, allowed]) =>
        allowed !== "PUBLIC" && allowed.some((role) => staff.includes(role)) && !allowed.includes("ADMIN"),
    );
    expect(withoutAdmin).toEqual([]);
  });

  it("are public only for signing in and for the sealed links in mails", () => {
    const open = Object.keys(permissions).filter((field) => permissions[field] === "PUBLIC");
    expect(open.sort()).toEqual(["acknowledgeRevocationByLink", "revocationByLink", "signIn"]);
  });

  it("name each role at most once per field", () => {
    const doubled = Object.entries(permissions).filter(
      ([, allowed]) => allowed !== "PUBLIC" && new Set(allowed).size !== allowed.length,
    );
    expect(doubled).toEqual([]);
  });
});
