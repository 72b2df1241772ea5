/** A minimal client of the public GraphQL API, as an integrator would write it, with a bearer token. */

/** A GraphQL document with the types of its variables and its data, which exist at compile time only. */
export interface Operation<Variables, Data> {
  readonly query: string;
  readonly types?: readonly [Variables, Data];
}

/** The server answered with a GraphQL error. Its messages never contain personal data. */
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

/** Requests to one server. When the signal aborts, pending requests are cancelled and new ones are refused. */
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
    // Each request has its own controller, so that listeners do not accumulate on the shared signal.
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
