/** A client's view of several servers: after enough retries, one of them answers. */
import { ask, type Address, type GraphQLAnswer } from "./client";
import { until } from "./until";

export interface Request {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

export abstract class Reachable {
  /** Each listening server in turn; waits while there is none. */
  abstract address(): Promise<Address>;

  /** Retries until a server answers. The request must be safe to repeat. */
  async ask(token: string, request: Request): Promise<GraphQLAnswer> {
    return until(`an answer to ${request.query.slice(0, 60)}`, async () => {
      const address = await this.address();
      // A broken connection does not tell whether the request took effect.
      const answer = await ask(address, token, request).catch(() => null);
      return answer !== null && answer.status < 500 && !isOurs(answer) ? answer : null;
    });
  }

  async must(token: string, request: Request): Promise<Record<string, any>> {
    const { data, errors } = await this.ask(token, request);
    if (errors || !data) throw new Error(`${request.query}\n${JSON.stringify(errors)}`);
    return data;
  }
}

/** Servers with fixed addresses. */
export class FixedServers extends Reachable {
  private turn = 0;

  constructor(private readonly servers: readonly Address[]) {
    super();
  }

  address(): Promise<Address> {
    const next = this.servers[this.turn++ % this.servers.length];
    return next ? Promise.resolve(next) : Promise.reject(new Error("There is no server."));
  }
}

const isOurs = ({ errors }: GraphQLAnswer): boolean =>
  ["INTERNAL", "UNAVAILABLE"].includes(errors?.[0]?.extensions.code ?? "");
