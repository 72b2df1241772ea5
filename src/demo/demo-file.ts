/** demo.json in the data folder: the addresses, keys and passwords of the demo, for people and for scripts. */
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { readIfThere } from "../platform/files";
import { randomBytes } from "../platform/random";

export interface SupplierAccess {
  readonly id: string;
  readonly name: string;
  /** An API key of the role SUPPLIER_INTEGRATION. */
  readonly apiKey: string;
  /** The email address of a member of the role SUPPLIER_ADMIN. */
  readonly memberEmail: string;
  readonly memberPassword: string;
}

export interface StaffAccess {
  readonly email: string;
  readonly password: string;
  /** An API key of the role ADMIN. */
  readonly token: string;
}

export interface DemoFile {
  readonly url: string;
  readonly wsUrl: string;
  readonly formKey: string;
  readonly staff: StaffAccess;
  readonly suppliers: readonly SupplierAccess[];
  /** The terminal's own key to the first supplier's feed, so that it does not move the position of another key. */
  readonly terminalKey: string | null;
}

export const demoFileIn = (dataDir: string): string => path.resolve(dataDir, "demo.json");

/** The file of an earlier start. Null if it is missing or damaged, because it can be created again. */
export async function readDemoFile(file: string): Promise<Partial<DemoFile> | null> {
  const text = await readIfThere(file);
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

/** Writes the file so that only its owner can read it, then renames it into place, so it is never incomplete. */
export async function writeDemoFile(file: string, content: DemoFile): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  await rename(draft, file);
}
