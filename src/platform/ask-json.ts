/** Asks a service that answers JSON: in bounded time, with a bounded answer, never redirected. */
export interface JsonRequest {
  readonly url: URL;
  readonly timeoutMs: number;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, unless it is a form. */
  readonly body?: unknown;
}

export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
}

const longestAnswerBytes = 256 * 1024;

/** Throws if there is no answer in time, or one that is too long or not JSON: never with the text of it. */
export async function askJson({ url, timeoutMs, method, headers, body }: JsonRequest): Promise<JsonAnswer> {
  const isJson = body !== undefined && !(body instanceof FormData);
  const response = await fetch(url, {
    ...{ method: method ?? (body === undefined ? "GET" : "POST"), redirect: "error" },
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      accept: "application/json",
      ...(isJson && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: isJson ? JSON.stringify(body) : body }),
  });
  const { status, ok } = response;
  return { status, body: parsed(await textOf(response), ok) };
}

async function textOf({ body }: Response): Promise<string> {
  if (body === null) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > longestAnswerBytes) throw new Error("its answer is too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** What JSON.parse says repeats the text, and the text may repeat what was asked. */
function parsed(text: string, ok: boolean): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    if (ok) throw new Error("its answer is not JSON");
    return null;
  }
}
