/** Downloads a file that an answer of the API describes, and writes it while it arrives. */
import { createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { filesPath } from "../platform/downloads/file-id";
import { safeName } from "../platform/downloads/disposition";
import type { StaffServer } from "./staff-client";

export interface FileToDownload {
  readonly id: string;
  readonly name: string;
}

/** Writes into the folder where the program is run. Returns the number of lines below the header. */
export async function download(
  { url, token }: StaffServer,
  { id, name }: FileToDownload,
): Promise<{ name: string; count: number }> {
  // The key is sent to the server that was named, and not to whatever host the answer names.
  const response = await fetch(new URL(filesPath + encodeURIComponent(id), url), {
    headers: { authorization: `Bearer ${token}` },
    redirect: "error",
  });
  if (!response.ok || !response.body) throw new Error(await reasonOf(response));
  const written = safeName(name);
  let lines = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (const byte of chunk) if (byte === 0x0a) lines += 1;
      done(null, chunk);
    },
  });
  // A file that did not arrive whole must not be taken for a complete one.
  await pipeline(Readable.fromWeb(response.body), counting, createWriteStream(`${written}.part`));
  await rename(`${written}.part`, written);
  return { name: written, count: Math.max(0, lines - 1) };
}

async function reasonOf(response: Response): Promise<string> {
  const { errors = [] } = (await response.json().catch(() => ({}))) as { errors?: { message: string }[] };
  return errors[0]?.message ?? `The server answered with status ${String(response.status)}.`;
}
