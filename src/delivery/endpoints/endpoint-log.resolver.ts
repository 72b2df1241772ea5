import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from "type-graphql";
import type { Cursors } from "../../account/feed";
import { wholeSupplierOf, type RequestContext } from "../../access/identity";
import { After, First, IdempotencyKey } from "../../platform/graphql/arguments";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import type { ManualAttempts } from "./manual-attempts.service";
import { editorOf } from "./editor";
import type { AttemptView } from "./endpoint-view";
import {
  type DeadLetter,
  DeadLetterConnection,
  type EndpointAttempt,
  EndpointAttemptConnection,
  ResendDeadLetterPayload,
  TestEndpointPayload,
} from "./endpoint-log.types";
import { Endpoint } from "./endpoint.types";
import type { LogReader } from "./log-reader.service";

export interface EndpointLogDeps {
  readonly reader: LogReader;
  readonly manualAttempts: ManualAttempts;
  readonly cursors: Cursors;
}

@Resolver(() => Endpoint)
export class EndpointLogResolver {
  constructor(private readonly deps: EndpointLogDeps) {}

  @FieldResolver(() => EndpointAttemptConnection, {
    description: "The delivery log, newest first. Attempts are kept for 30 days.",
  })
  async attempts(
    @Root() { id }: Endpoint,
    @Ctx() context: RequestContext,
    @First() first: number | null,
    @After() after: string | null,
  ): Promise<Connection<EndpointAttempt>> {
    const supplierId = wholeSupplierOf(context).supplierId;
    const size = pageSize(first);
    const rows = await this.deps.reader.attempts(supplierId, id, { after: start(after), limit: size + 1 });
    return toConnection(rows, size, { node: (row) => this.shown(row), key });
  }

  @FieldResolver(() => DeadLetterConnection, {
    description: "Events that were given up and have not been delivered since, newest first.",
  })
  async deadLetters(
    @Root() { id }: Endpoint,
    @Ctx() context: RequestContext,
    @First() first: number | null,
    @After() after: string | null,
  ): Promise<Connection<DeadLetter>> {
    const supplierId = wholeSupplierOf(context).supplierId;
    const size = pageSize(first);
    const rows = await this.deps.reader.deadLetters(supplierId, id, { after: start(after), limit: size + 1 });
    const cursorOf = (position: number): string => this.deps.cursors.write(supplierId, position);
    return toConnection(rows, size, {
      node: ({ position, ...rest }) => ({ ...rest, cursor: cursorOf(position) }),
      key,
    });
  }

  @Mutation(() => TestEndpointPayload, {
    description:
      "Sends a signed message of type Test, without personal data, and waits at most 7 seconds for the answer. RATE_LIMITED after 30 manual attempts a minute.",
  })
  async testEndpoint(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "The endpoint." }) id: string,
    @IdempotencyKey() key: string,
  ): Promise<TestEndpointPayload> {
    return { attempt: this.shown(await this.deps.manualAttempts.test(editorOf(context), { id, key })) };
  }

  @Mutation(() => ResendDeadLetterPayload, {
    description:
      "Sends a dead letter again, out of order, with its original webhook-id and only the data that the current consent allows. Once delivered, it is no longer a dead letter. RATE_LIMITED after 30 manual attempts a minute.",
  })
  async resendDeadLetter(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, {
      description: "The dead letter. NOT_FOUND once your feed no longer has its event.",
    })
    id: string,
    @IdempotencyKey() key: string,
  ): Promise<ResendDeadLetterPayload> {
    return { attempt: this.shown(await this.deps.manualAttempts.resend(editorOf(context), { id, key })) };
  }

  private shown({ position, event, supplierId, ...rest }: AttemptView): EndpointAttempt {
    return {
      ...rest,
      event: event === "TEST" ? null : event,
      cursor: position === null ? null : this.deps.cursors.write(supplierId, position),
    };
  }
}

const key = ({ at, id }: { at: Date; id: string }): string[] => [at.toISOString(), id];

function start(after: string | null): { at: string; id: string } | null {
  const [at, id] = readKey(after, [keyShape.time, keyShape.id]) ?? [];
  return at && id ? { at, id } : null;
}
