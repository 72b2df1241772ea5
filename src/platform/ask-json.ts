/** Sends a request to a JSON service, with limits on the time and the size of the answer and without redirects. */
import { timeoutSignal } from "./clock";
export interface JsonRequest {
  readonly url: URL;
  readonly timeoutMs: number;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is form data. */
  readonly body?: unknown;
  /** Returns only the text of the answer, without parsing it as JSON. */
  readonly isText?: boolean;
}

export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
}

const maxAnswerBytes = 256 * 1024;

/** Throws if the answer is late, too long or not JSON. The error never contains the text of the answer. */
export async function askJson({ url, timeoutMs, isText, ...request }: JsonRequest): Promise<JsonAnswer> {
  const signal = timeoutSignal(timeoutMs);
  const response = await fetch(url, { ...initOf(request), redirect: "error", signal });
  const { status, ok } = response;
  const text = await textOf(response);
  return { status, text, body: isText === true ? null : parsed(text, ok) };
}

function initOf({ method, headers, body }: Pick<JsonRequest, "method" | "headers" | "body">): RequestInit {
  const accept = { accept: "application/json", ...headers };
  if (body === undefined) return { method: method ?? "GET", headers: accept };
  const isForm = body instanceof FormData || body instanceof URLSearchParams;
  if (isForm) return { method: method ?? "POST", headers: accept, body };
  const typed = { ...accept, "content-type": "application/json" };
  return { method: method ?? "POST", headers: typed, body: JSON.stringify(body) };
}

async function textOf({ body }: Response): Promise<string> {
  if (body === null) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxAnswerBytes) throw new Error("its answer is too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Replaces the error of JSON.parse, which repeats the text; the text may repeat the request. */
function parsed(text: string, ok: boolean): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    if (ok) throw new Error("its answer is not JSON");
    return null;
  }
}
