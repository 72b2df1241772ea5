/** `POST /uploads`: the body is the file itself, of any media type. */
import type { IncomingMessage } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { safeName } from "../../platform/downloads/disposition";
import { bearerOf } from "../../platform/graphql/credentials";
import { limits } from "../../platform/graphql/limits";
import { mayUse, type Permissions } from "../../platform/graphql/permissions";
import { byStatus, HttpRefusal, refuse } from "../../platform/http/faults";
import type { Route, UploadKind } from "../../platform/module";
import { checkKey, type Principal } from "../identity";
import type { IncomingFile } from "./receiving.service";
import { expiryOf, type Upload } from "./upload";

export const uploadsPath = "/uploads";

export interface UploadsServed {
  readonly kinds: readonly UploadKind[];
  readonly permissions: Permissions;
}

export interface UploadsRouteDeps extends UploadsServed {
  readonly authenticate: (bearer: string, origin: string | null) => Promise<Principal>;
  readonly receive: (by: Principal, file: IncomingFile) => Promise<Upload>;
  /** A client that sends nothing for this long is disconnected. */
  readonly idleMs?: number;
}

type UploadRequest = FastifyRequest<{ Querystring: { name?: unknown } }>;

export const uploadsRoute =
  (deps: UploadsRouteDeps): Route =>
  (app) => {
    // Parsers are set for a part of the server, so that all other addresses go on refusing what is not JSON.
    void app.register(async (scope) => {
      addTo(scope, deps);
    });
  };

function addTo(app: FastifyInstance, deps: UploadsRouteDeps): void {
  const { authenticate, receive, idleMs = limits.slowReaderMs } = deps;
  const allowed = rolesOf(deps);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, _body, done) => {
    done(null);
  });
  app.post(
    uploadsPath,
    { config: { requestMs: limits.uploadMs } },
    async (request: UploadRequest, reply: FastifyReply) => {
      const bearer = bearerOf(request.headers.authorization);
      const principal = bearer === null ? null : await authenticate(bearer, request.headers.origin ?? null);
      mayUse(allowed, { principal });
      if (principal === null) throw new Error("No role is allowed to upload without a credential.");
      // As endInTime does for the whole request: the answer goes out, and the rest is no longer waited for.
      request.raw.setTimeout(idleMs, () => void refuse(reply, byStatus(408)));
      const upload = await receive(
        principal,
        fileOf(request, () => reply.sent),
      );
      return reply.code(201).send(answerOf(upload));
    },
  );
}

const rolesOf = ({ kinds, permissions }: UploadsServed): string[] => [
  ...new Set(kinds.flatMap(({ rootField }) => rolesFor(permissions[rootField] ?? []))),
];

function rolesFor(allowed: readonly string[] | "PUBLIC"): readonly string[] {
  if (allowed !== "PUBLIC") return allowed;
  throw new Error("A public mutation cannot use uploads, because an upload belongs to its caller.");
}

const answerOf = (upload: Upload) => ({
  uploadId: upload.id,
  bytes: upload.bytes,
  sha256: upload.sha256.toString("hex"),
  expiresAt: expiryOf(upload).toISOString(),
});

function fileOf({ headers, query: { name }, raw }: UploadRequest, isGivenUp: () => boolean): IncomingFile {
  const idempotencyKey = headers["idempotency-key"] ?? null;
  if (Array.isArray(idempotencyKey)) throw new HttpRefusal(400, "Send one Idempotency-Key.");
  if (idempotencyKey !== null) checkKey(idempotencyKey);
  if (Number(headers["content-length"] ?? 0) > limits.uploadBytes) throw tooLarge();
  const fileName = safeName(typeof name === "string" ? name : "");
  return { name: fileName, idempotencyKey, body: bounded(chunksOf(raw), isGivenUp) };
}

async function* bounded(chunks: AsyncIterable<Buffer>, isGivenUp: () => boolean): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    if (isGivenUp()) throw new HttpRefusal(408);
    bytes += chunk.length;
    if (bytes > limits.uploadBytes) throw tooLarge();
    yield chunk;
  }
  if (isGivenUp()) throw new HttpRefusal(408);
}

/** Leaves the request open at the end, so that a refusal can be answered. */
async function* chunksOf(request: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
  } catch {
    // The client broke off, which is no fault of the server.
    throw new HttpRefusal(408);
  }
}

const tooLarge = (): HttpRefusal =>
  new HttpRefusal(
    413,
    `The file is larger than ${String(limits.uploadBytes / 1024 / 1024)} MB. Send it in parts.`,
  );
