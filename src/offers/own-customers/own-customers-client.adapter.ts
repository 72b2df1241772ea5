/** A client of the API for the supplier's upload program. Waits and retries where that helps. */
import { AppError } from "../../shared/errors";
import { pause, timeoutSignal } from "../../platform/clock";

export interface ListAnswer {
  readonly key: string;
  readonly count: number;
  readonly at: string;
}

interface Answer {
  readonly data?: Readonly<Record<string, ListAnswer>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

const fields = "{ key count at }";
const tries = 6;
const timeoutMs = 20_000;

export class OwnCustomersClient {
  constructor(
    private readonly url: URL,
    private readonly apiKey: string,
    private readonly firstPauseMs = 500,
  ) {}

  async list(): Promise<ListAnswer> {
    return this.ask(`{ ownCustomerList ${fields} }`, {});
  }

  async add(hashes: readonly string[]): Promise<ListAnswer> {
    return this.ask(`mutation ($hashes: [String!]!) { addOwnCustomers(hashes: $hashes) ${fields} }`, {
      hashes,
    });
  }

  async removeOlderThan(at: string): Promise<ListAnswer> {
    return this.ask(`mutation ($at: DateTime!) { removeOwnCustomers(notUploadedSince: $at) ${fields} }`, {
      at,
    });
  }

  private async ask(query: string, variables: Readonly<Record<string, unknown>>): Promise<ListAnswer> {
    for (let attempt = 1; ; attempt++) {
      const { answer, mayHelpToWait } = await this.once(query, variables);
      if (answer) return answer;
      if (attempt === tries || !mayHelpToWait)
        throw new Error(`The server could not be asked. ${mayHelpToWait}`);
      await pause(this.firstPauseMs * 2 ** (attempt - 1));
    }
  }

  /** Returns the answer, or why there is none yet. Throws errors that a retry cannot resolve. */
  private async once(query: string, variables: Readonly<Record<string, unknown>>): Promise<Attempt> {
    try {
      const response = await fetch(new URL("/graphql", this.url), {
        method: "POST",
        redirect: "error",
        signal: timeoutSignal(timeoutMs),
        headers: { "content-type": "application/json", authorization: `Bearer ${this.apiKey}` },
        body: JSON.stringify({ query, variables }),
      });
      if (response.status >= 500) return notYet(`It answered with status ${String(response.status)}.`);
      return attemptIn((await response.json()) as Answer);
    } catch (error) {
      if (error instanceof AppError) throw error;
      return notYet(error instanceof Error ? error.message : "");
    }
  }
}

interface Attempt {
  readonly answer: ListAnswer | null;
  readonly mayHelpToWait: string;
}

const notYet = (mayHelpToWait: string): Attempt => ({ answer: null, mayHelpToWait });

function attemptIn({ data, errors }: Answer): Attempt {
  const [answer] = Object.values(data ?? {});
  if (answer) return { answer, mayHelpToWait: "" };
  const { message, extensions } = errors?.[0] ?? { message: "It answered with something unexpected." };
  if (extensions?.code === "RATE_LIMITED") return notYet(message);
  throw new AppError("INVALID_INPUT", message);
}
