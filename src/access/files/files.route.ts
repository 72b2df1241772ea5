/** `GET /files/<id>` and HEAD: the files that answers of the API point to. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { filesPath } from "../../platform/downloads/file-id";
import { sendFile, sendHead } from "../../platform/downloads/send-file";
import { bearerOf } from "../../platform/graphql/credentials";
import type { Route } from "../../platform/module";
import { scopeOf, type Principal } from "../identity";
import type { Downloads } from "./downloads.service";
import type { MadeFiles } from "./made-files.service";

export interface FilesRouteDeps {
  readonly downloads: Downloads;
  readonly made: MadeFiles;
  readonly authenticate: (bearer: string, origin: string | null) => Promise<Principal>;
}

type FileRequest = FastifyRequest<{ Params: { id: string } }>;

export const filesRoute =
  ({ downloads, made, authenticate }: FilesRouteDeps): Route =>
  (app) => {
    app.route({
      method: ["GET", "HEAD"],
      url: `${filesPath}:id`,
      exposeHeadRoute: false,
      handler: async (request: FileRequest, reply: FastifyReply) => {
        const bearer = bearerOf(request.headers.authorization);
        const principal = bearer === null ? null : await authenticate(bearer, request.headers.origin ?? null);
        const granted = await downloads.find(principal, request.params.id);
        if (request.method === "HEAD") return sendHead(reply, granted.file);
        await downloads.record(granted);
        const { id, by, file } = granted;
        return sendFile(reply, file, {
          onMade: (content) => made.record(scopeOf(by), { id, supplierId: file.supplierId }, content),
        });
      },
    });
  };
