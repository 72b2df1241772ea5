/** Reads the addresses and credentials of the demo that the server wrote when it started. */
import { readFileSync } from "node:fs";
import path from "node:path";

export function readDemo() {
  const file = path.join(process.env.DATA_DIR ?? ".data", "demo.json");
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    console.error(`${file} does not exist. Start the server first: npm start`);
    process.exit(1);
  }
}

/** `form`, `staff`, `supplier` (the first) or `supplier:N`; anything else is taken as a token. */
export function tokenOf(demo, who) {
  if (who === "form") return demo.formKey;
  if (who === "staff") return demo.staff.token;
  const match = /^supplier(?::(\d+))?$/.exec(who);
  return match ? demo.suppliers[Number(match[1] ?? 0)].apiKey : who;
}

/** The value at a path such as "leads.edges.0.node.id". */
export const pick = (value, where) => where.split(".").reduce((inner, key) => inner?.[key], value);
