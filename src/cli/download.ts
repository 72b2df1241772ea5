/** Downloads a file that an answer of the API describes, and writes it while it arrives. */
import { createWriteStream } from "node:fs";
import { mkdtemp, rename, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { filesPath } from "../platform/downloads/file-id";
import { safeName } from "../platform/downloads/disposition";
import { reasonOf, type StaffServer } from "./staff-client";

export interface FileToDownload {
  readonly id: string;
  readonly name: string;
}

/**
 * Writes the file where `to` says, a folder or a file, or else into a new folder of the system's for temporary files,
 * which only this user can read: never into the project. Returns its path and the number of lines below the header.
 */
export async function download(
  { url, token }: StaffServer,
  { id, name }: FileToDownload,
  to: string | null,
): Promise<{ file: string; count: number }> {
  // The key is sent to the server that was named, and not to whatever host the answer names.
  const response = await fetch(new URL(filesPath + encodeURIComponent(id), url), {
    headers: { authorization: `Bearer ${token}` },
    redirect: "error",
  });
  if (!response.ok || !response.body) throw new Error(await reasonOf(response));
  const written = await placeFor(safeName(name), to);
  let lines = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (const byte of chunk) if (byte === 0x0a) lines += 1;
      done(null, chunk);
    },
  });
  // A file that did not arrive whole must not be taken for a complete one.
  await pipeline(
    Readable.fromWeb(response.body),
    counting,
    createWriteStream(`${written}.part`, { mode: 0o600 }),
  );
  await rename(`${written}.part`, written);
  return { file: written, count: Math.max(0, lines - 1) };
}

async function placeFor(name: string, to: string | null): Promise<string> {
  if (to === null) return path.join(await mkdtemp(path.join(tmpdir(), "caratlas-")), name);
  const isFolder = (await stat(to).catch(() => null))?.isDirectory() ?? to.endsWith(path.sep);
  return isFolder ? path.join(to, name) : to;
}
