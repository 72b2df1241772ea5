/**
 * Receives a file. Its bytes are sealed and stored piece by piece while they arrive, each piece in a short
 * transaction, so a slow client holds neither memory nor a connection to the database.
 */
import { createHash } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { Transact } from "../../platform/database";
import { limits } from "../../platform/graphql/limits";
import { invalid } from "../../shared/errors";
import { scopeOf, type Principal } from "../identity";
import { Pieces } from "./pieces";
import type { Upload } from "./upload";
import { discard, type Received, type UploadBook, type UploadRequest } from "./upload-book.service";
import type { UploadVault } from "./upload-vault.service";

export interface IncomingFile extends Pick<UploadRequest, "name" | "idempotencyKey"> {
  /** Waits while a piece is being stored. */
  readonly body: AsyncIterable<Buffer>;
}

type Run = <T>(work: (tx: EntityManager) => Promise<T>) => Promise<T>;
type Store = (piece: Buffer) => Promise<unknown>;

interface ReceivingDeps {
  readonly transact: Transact;
  readonly book: UploadBook;
  readonly vault: UploadVault;
}

export class Receiving {
  constructor(private readonly deps: ReceivingDeps) {}

  /** Throws RATE_LIMITED, INVALID_INPUT for an empty file, CONFLICT for a reused key, and what the body throws. */
  async receive(by: Principal, { name, idempotencyKey, body }: IncomingFile): Promise<Upload> {
    const { transact, book } = this.deps;
    const run: Run = (work) => transact(scopeOf(by), work);
    const request = { by, name, idempotencyKey };
    const id = await run((tx) => book.begin(tx, request));
    try {
      const received = await readAll(body, this.storeOf(run, id));
      return await run((tx) => book.complete(tx, request, { ...received, id }));
    } catch (error) {
      // When this fails too, the content is deleted as abandoned.
      if (id !== null) await run((tx) => discard(tx, id)).catch(() => undefined);
      throw error;
    }
  }

  private storeOf(run: Run, id: string | null): Store {
    if (id === null) return () => Promise.resolve();
    let next = 0;
    return (plain) => {
      const number = next++;
      return run((tx) => this.deps.vault.storePart(tx, id, { number, plain }));
    };
  }
}

/** Asks for the next chunk only when the pieces before it are stored. */
export async function readAll(body: AsyncIterable<Buffer>, store: Store): Promise<Received> {
  const hash = createHash("sha256");
  const pieces = new Pieces(limits.uploadPieceBytes);
  let bytes = 0;
  for await (const chunk of body) {
    hash.update(chunk);
    bytes += chunk.length;
    for (const piece of pieces.add(chunk)) await store(piece);
  }
  const rest = pieces.rest();
  if (rest) await store(rest);
  if (bytes === 0)
    throw invalid("The body is empty. Send the file itself as the body.", { reason: "EMPTY", field: null });
  return { bytes, sha256: hash.digest() };
}
