/** A client of the public API, as any integrator would write one: a bearer token, a query, an answer or an error. */

/** A GraphQL document with the types of what goes in and what comes out; they exist for the compiler only. */
export interface Operation<Variables, Data> {
  readonly query: string;
  readonly types?: readonly [Variables, Data];
}

/** The server understood, and said no. Its messages never repeat personal data. */
export class ApiRefusal extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
    this.name = "ApiRefusal";
  }
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** One server, until the signal aborts: then what is under way ends at once, and nothing new begins. */
export class Api {
  constructor(
    readonly url: string,
    readonly wsUrl: string,
    readonly signal: AbortSignal,
  ) {}

  async ask<Variables, Data>(
    token: string,
    operation: Operation<Variables, Data>,
    variables: Variables,
  ): Promise<Data> {
    const { data, errors } = await this.post(token, { query: operation.query, variables });
    const [error] = errors ?? [];
    if (error) throw new ApiRefusal(error.message, error.extensions?.code ?? "INTERNAL");
    return data as Data;
  }

  private async post(token: string, request: object): Promise<Answer> {
    this.signal.throwIfAborted();
    // A controller per request: one signal for all would collect a listener for each.
    const controller = new AbortController();
    const abort = (): void => {
      controller.abort();
    };
    this.signal.addEventListener("abort", abort, { once: true });
    try {
      const response = await fetch(`${this.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify(request),
        signal: controller.signal,
      });
      return (await response.json()) as Answer;
    } finally {
      this.signal.removeEventListener("abort", abort);
    }
  }
}
