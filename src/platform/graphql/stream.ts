/**
 * One operation answered as a stream of server-sent events: the protocol of graphql-sse in its "distinct
 * connections" mode. Limits, errors and context are the same as over HTTP; backpressure and the sharing of
 * events are the same as over WebSockets.
 */
import type { ServerResponse } from "node:http";
import type { ExecutionArgs, ExecutionResult } from "graphql";
import { AppError } from "../../shared/errors";
import { after } from "../clock";
import { describeError } from "../log";
import { errorCodeOf } from "./errors";
import { EventStream, notStarted } from "./event-stream";
import { executeWithin } from "./execute-within";
import { Follower } from "./follower";
import { limits } from "./limits";
import { Outbox } from "./outbox";
import { Payload, streamEnvelope } from "./payload";
import type { MonitoredSession } from "./session-monitor";
import { isSubscription, readRequest, type RawRequest, type ReadableRequest } from "./request";
import type { Caller, GraphQLServerParts } from "./server-parts";
import { terminateAfterMs, tooSlowMessage } from "./connection-policy";
import { ResponsePipe } from "./response-pipe";
import { subscribeBy } from "./subscribe";

const complete = "event: complete\ndata:\n\n";

export class Stream<P> implements MonitoredSession<P> {
  readonly principal: P | null;
  readonly outbox: Outbox;
  private running: { end: () => void } | null = null;
  /** Ends the wait for a follower. */
  private finish: () => void = () => undefined;

  constructor(
    private readonly response: ServerResponse,
    private readonly caller: Caller<P>,
    private readonly parts: GraphQLServerParts<P>,
  ) {
    this.principal = caller.principal;
    this.outbox = new Outbox(new ResponsePipe(response), () => this.cutOff());
    response.once("close", () => {
      this.running?.end();
      this.outbox.end();
      this.finish();
    });
  }

  async run(raw: RawRequest): Promise<void> {
    this.keepAlive();
    const request = readRequest(this.parts, raw);
    if (!("known" in request)) await this.say({ errors: request });
    else await this.answer(request);
    if (!this.isOpen()) return;
    await this.outbox.answer(complete);
    this.response.end();
  }

  /** Sends a comment, so that no proxy closes a silent connection. */
  keepAlive(): void {
    if (this.isOpen() && this.outbox.isDrained()) this.outbox.write(":\n\n");
  }

  onRevoked(): void {
    const message = "Your key or session is no longer in force. Sign in again, or use a valid key.";
    this.endWith(new AppError("UNAUTHENTICATED", message));
    // A client that reads no more must not receive the buffered data later.
    after(terminateAfterMs, () => this.response.destroy()).unref();
  }

  /** Ends without `complete`, so that the client knows the subscription is unfinished and reconnects. */
  shutDown(): void {
    this.running?.end();
    this.finish();
    this.response.end();
  }

  private isOpen(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }

  private async answer(request: ReadableRequest): Promise<void> {
    const freshContext = (): object => this.parts.context(this.caller);
    const args: ExecutionArgs = {
      schema: this.parts.schema,
      document: request.known.document,
      operationName: request.operationName,
      variableValues: request.variables,
      contextValue: freshContext(),
    };
    if (!isSubscription(request.operation)) {
      return this.say(await executeWithin(this.parts.requestMs, args), request.operation.operation);
    }
    const opened = await subscribeBy(this.parts, {
      ...{ args, request, freshContext, outbox: this.outbox },
      ...{ language: this.caller.language, envelope: streamEnvelope },
      overloaded: () => this.shutDown(),
    });
    if (opened instanceof Follower) await this.follow(opened);
    else if (opened instanceof EventStream) await this.pass(opened);
    else await this.say(opened, "subscription");
  }

  private async follow(follower: Follower): Promise<void> {
    this.begin(() => follower.end());
    const finished = new Promise<void>((resolve) => (this.finish = resolve));
    if (!this.isOpen()) {
      follower.end();
      return;
    }
    void follower.catchUp();
    await finished;
  }

  private async pass(stream: EventStream): Promise<void> {
    this.begin(() => void stream.return());
    if (!this.isOpen()) return void stream.return();
    for await (const result of stream) {
      await this.outbox.answer(this.framed(result));
      this.parts.metrics.eventsSent.inc();
    }
  }

  private begin(end: () => void): void {
    this.running = { end };
    this.parts.metrics.operations.inc({ type: "subscription", outcome: "OK" });
  }

  private async say(result: { errors?: readonly Error[] }, type = "unknown"): Promise<void> {
    const { errors } = result;
    const outcome = errors?.[0] ? errorCodeOf(this.parts.formatError(errors[0])) : "OK";
    this.parts.metrics.operations.inc({ type, outcome });
    await this.outbox.answer(this.framed(result as ExecutionResult));
  }

  private framed({ errors, ...result }: ExecutionResult): string {
    const answer = errors ? { errors: errors.map(this.parts.formatError), ...result } : result;
    return new Payload(answer).in(streamEnvelope).toString();
  }

  private cutOff(): void {
    if (!this.isOpen()) return;
    this.parts.log.warn("An event stream was ended because its client reads too slowly");
    this.endWith(new AppError("RATE_LIMITED", `${tooSlowMessage}.`));
    after(limits.slowCloseMs, () => this.response.destroy()).unref();
  }

  private endWith(error: AppError): void {
    if (!this.isOpen()) return;
    this.running?.end();
    this.response.write(this.framed(notStarted(error)));
    this.response.end(error.code === "RATE_LIMITED" ? undefined : complete);
    this.finish();
  }

  /** Logs an internal failure and ends the stream. */
  fail(error: unknown): void {
    this.parts.log.error({ err: describeError(error) }, "An event stream failed");
    if (this.isOpen()) this.response.end();
  }
}
