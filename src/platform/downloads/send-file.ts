/**
 * Answers a request with a file: headers, content and its digest. The content is never held in memory as a whole
 * when its kind makes it piece by piece, and is no longer made once the client is gone.
 */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { limits } from "../graphql/limits";
import { dispositionOf } from "./disposition";
import type { DownloadableFile } from "./file-kind";

export interface MadeContent {
  readonly bytes: number;
  readonly sha256: Buffer;
}

export interface SendOptions {
  /** Called with the size and digest of the complete content, before its last byte is sent. */
  readonly onMade: (made: MadeContent) => Promise<void>;
  /** A client that reads nothing for this long is disconnected. */
  readonly idleMs?: number;
}

/** The answer to HEAD: the content is not made, so its length is not known. */
export function sendHead(reply: FastifyReply, file: DownloadableFile): FastifyReply {
  return describe(reply, file).send();
}

export async function sendFile(
  reply: FastifyReply,
  file: DownloadableFile,
  { onMade, idleMs = limits.slowReaderMs }: SendOptions,
): Promise<FastifyReply> {
  const content = file.content();
  reply.raw.setTimeout(idleMs, () => reply.raw.destroy());
  if (!(content instanceof Promise))
    return describe(reply, file).send(Readable.from(digested(content, onMade)));
  const whole = Buffer.from(await content);
  await onMade({ bytes: whole.length, sha256: createHash("sha256").update(whole).digest() });
  return describe(reply, file).send(whole);
}

/** Unlike the default, `private` also keeps proxies that ignore `no-store` from sharing it. */
const describe = (reply: FastifyReply, { name, mediaType }: DownloadableFile): FastifyReply =>
  reply
    .header("cache-control", "private, no-store")
    .header("content-disposition", dispositionOf(name))
    .type(mediaType);

async function* digested(
  pieces: AsyncIterable<Uint8Array>,
  onMade: SendOptions["onMade"],
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    bytes += piece.length;
    yield piece;
  }
  await onMade({ bytes, sha256: hash.digest() });
}
