/** demo.json in the data folder: how to get in, for people and for scripts. It holds secrets of the demo only. */
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { readIfThere } from "../platform/files";
import { randomBytes } from "../platform/random";

export interface SupplierAccess {
  readonly id: string;
  readonly name: string;
  /** Of the role SUPPLIER_INTEGRATION. */
  readonly apiKey: string;
  /** Of the role SUPPLIER_ADMIN. */
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
  /** The terminal's own key to the first supplier's feed, so that it takes nobody else's position. */
  readonly terminalKey: string | null;
}

export const demoFileIn = (dataDir: string): string => path.resolve(dataDir, "demo.json");

/** What an earlier start left, or null; a damaged file is as good as none, because it can be made again. */
export async function readDemoFile(file: string): Promise<Partial<DemoFile> | null> {
  const text = await readIfThere(file);
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

/** Readable by its owner only, and never half written: it is renamed into its place. */
export async function writeDemoFile(file: string, content: DemoFile): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  await rename(draft, file);
}
