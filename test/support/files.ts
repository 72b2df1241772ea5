/** Downloads files over HTTP, as any client would. */
export interface Downloaded {
  readonly status: number;
  readonly headers: Headers;
  readonly content: Buffer;
}

export async function download(
  url: string,
  token: string | null,
  method: "GET" | "HEAD" = "GET",
): Promise<Downloaded> {
  const response = await fetch(url, {
    method,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  });
  return {
    status: response.status,
    headers: response.headers,
    content: Buffer.from(await response.arrayBuffer()),
  };
}

/** The code of a refusal, in the shape of errors of the API. */
export const codeOf = ({ content }: Downloaded): unknown =>
  (JSON.parse(content.toString()) as { errors: [{ extensions: { code: string } }] }).errors[0].extensions
    .code;
