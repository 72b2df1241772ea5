/** Sends files to `POST /uploads` over HTTP, as any client would. */
import { request, type ClientRequest, type IncomingMessage } from "node:http";
import { Readable } from "node:stream";

export interface UploadAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  /** The answer as JSON: an upload, or errors. */
  readonly json: Record<string, any>;
}

export interface UploadOptions {
  readonly key?: string | readonly string[];
  readonly name?: string;
  readonly type?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Where it is sent, and with which key or session. */
export interface Uploader {
  readonly url: string;
  readonly token: string | null;
}

/** A request whose body has not been sent. Without a Content-Length it is sent in chunks. */
export function beginUpload(
  { url, token }: Uploader,
  { key, name, type = "application/octet-stream", headers = {} }: UploadOptions = {},
): { readonly sending: ClientRequest; readonly answer: Promise<UploadAnswer> } {
  const address = new URL("/uploads", url);
  if (name !== undefined) address.searchParams.set("name", name);
  const sending = request(address, {
    method: "POST",
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(type !== null && { "content-type": type }),
      ...(key !== undefined && { "idempotency-key": key as string }),
      ...headers,
    },
  });
  const answer = new Promise<UploadAnswer>((resolve, reject) => {
    sending.once("error", reject);
    sending.once("response", (response) => void read(response).then(resolve, reject));
  });
  return { sending, answer };
}

async function read(response: IncomingMessage): Promise<UploadAnswer> {
  const text = (await response.toArray()).join("");
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    json: JSON.parse(text) as Record<string, any>,
  };
}

/** Sends a body whose length is known. */
export function upload(
  by: Uploader,
  body: Buffer | string,
  options: UploadOptions = {},
): Promise<UploadAnswer> {
  const bytes = Buffer.from(body);
  const headers = { "content-length": String(bytes.length), ...options.headers };
  const { sending, answer } = beginUpload(by, { ...options, headers });
  sending.end(bytes);
  return answer;
}

/** Sends a body in chunks, without saying how long it is. */
export function uploadChunked(
  by: Uploader,
  body: Iterable<Buffer>,
  options: UploadOptions = {},
): Promise<UploadAnswer> {
  const { sending, answer } = beginUpload(by, options);
  // The server may answer, and close the connection, before everything is sent.
  Readable.from(body).pipe(sending);
  return answer;
}

export const codeOfUpload = ({ json }: UploadAnswer): unknown => json["errors"]?.[0]?.extensions.code;
