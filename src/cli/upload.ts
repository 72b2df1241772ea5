/** Uploads a file to a server, and returns the id for the mutation that uses it. */
import { createReadStream } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { timeoutSignal } from "../platform/clock";
import { limits } from "../platform/graphql/limits";
import { reasonOf, type StaffServer } from "./staff-client";

/** Repeated with the same key, it returns the id of the first upload. */
export async function upload({ url, token }: StaffServer, file: string, key: string): Promise<string> {
  const address = new URL("/uploads", url);
  address.searchParams.set("name", path.basename(file));
  const response = await fetch(address, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/octet-stream",
      "idempotency-key": key,
    },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream,
    duplex: "half",
    redirect: "error",
    signal: timeoutSignal(limits.uploadMs),
  });
  if (!response.ok) throw new Error(await reasonOf(response));
  return ((await response.json()) as { uploadId: string }).uploadId;
}
