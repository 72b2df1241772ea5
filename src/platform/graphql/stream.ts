/**
 * One operation answered as an event stream: the protocol graphql-sse in its mode of distinct connections. The
 * limits, the errors and the context are those of HTTP, the pace and the sharing those of the sockets.
 */
import type { ServerResponse } from "node:http";
import type { ExecutionArgs, ExecutionResult } from "graphql";
import { AppError } from "../../shared/errors";
import { after } from "../clock";
import { describeError } from "../log";
import { codeOf } from "./errors";
import { EventStream, notStarted } from "./event-stream";
import { executeWithin } from "./execute-within";
import { Follower } from "./follower";
import { limits } from "./limits";
import { Outbox } from "./outbox";
import { Payload, streamEnvelope } from "./payload";
import type { LetIn } from "./doorkeeper";
import { isSubscription, readRequest, type RawRequest, type ReadableRequest } from "./request";
import type { Caller, Shell } from "./shell";
import { terminateAfterMs, tooSlowWords } from "./socket-manners";
import { ResponsePipe } from "./response-pipe";
import { subscribeBy } from "./subscribe";

const complete = "event: complete\ndata:\n\n";

export class Stream<P> implements LetIn<P> {
  readonly principal: P | null;
  readonly outbox: Outbox;
  private running: { end: () => void } | null = null;
  /** Ends what waits for the end of a followed source. */
  private over: () => void = () => undefined;

  constructor(
    private readonly response: ServerResponse,
    private readonly caller: Caller<P>,
    private readonly shell: Shell<P>,
  ) {
    this.principal = caller.principal;
    this.outbox = new Outbox(new ResponsePipe(response), () => this.cutOff());
    response.once("close", () => {
      this.running?.end();
      this.outbox.end();
      this.over();
    });
  }

  async run(raw: RawRequest): Promise<void> {
    this.beat();
    const request = readRequest(this.shell, raw);
    if (!("known" in request)) await this.say({ errors: request });
    else await this.answer(request);
    if (!this.isOpen()) return;
    await this.outbox.answer(complete);
    this.response.end();
  }

  /** A comment, so that nobody between takes the silence for an end. */
  beat(): void {
    if (this.isOpen() && this.outbox.isFree()) this.outbox.write(":\n\n");
  }

  showOut(): void {
    const message = "Your key or session is no longer in force. Sign in again, or use a valid key.";
    this.endWith(new AppError("UNAUTHENTICATED", message));
    // Who reads no more must not take later what waits for it here.
    after(terminateAfterMs, () => this.response.destroy()).unref();
  }

  /** Without `complete`: the client knows that more would come, and connects again. */
  leave(): void {
    this.running?.end();
    this.over();
    this.response.end();
  }

  private isOpen(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }

  private async answer(request: ReadableRequest): Promise<void> {
    const freshContext = (): object => this.shell.context(this.caller);
    const args: ExecutionArgs = {
      schema: this.shell.schema,
      document: request.known.document,
      operationName: request.operationName,
      variableValues: request.variables,
      contextValue: freshContext(),
    };
    if (!isSubscription(request.operation)) {
      return this.say(await executeWithin(limits.requestMs, args), request.operation.operation);
    }
    const opened = await subscribeBy(this.shell, {
      ...{ args, request, freshContext, outbox: this.outbox },
      ...{ language: this.caller.language, envelope: streamEnvelope },
      crowded: () => this.leave(),
    });
    if (opened instanceof Follower) await this.follow(opened);
    else if (opened instanceof EventStream) await this.pass(opened);
    else await this.say(opened, "subscription");
  }

  private async follow(follower: Follower): Promise<void> {
    this.begin(() => follower.end());
    const over = new Promise<void>((resolve) => (this.over = resolve));
    if (!this.isOpen()) {
      follower.end();
      return;
    }
    void follower.catchUp();
    await over;
  }

  private async pass(stream: EventStream): Promise<void> {
    this.begin(() => void stream.return());
    if (!this.isOpen()) return void stream.return();
    for await (const result of stream) {
      await this.outbox.answer(this.framed(result));
      this.shell.metrics.eventsSent.inc();
    }
  }

  private begin(end: () => void): void {
    this.running = { end };
    this.shell.metrics.operations.inc({ type: "subscription", outcome: "OK" });
  }

  private async say(result: { errors?: readonly Error[] }, type = "unknown"): Promise<void> {
    const { errors } = result;
    const outcome = errors?.[0] ? codeOf(this.shell.formatError(errors[0])) : "OK";
    this.shell.metrics.operations.inc({ type, outcome });
    await this.outbox.answer(this.framed(result as ExecutionResult));
  }

  private framed({ errors, ...result }: ExecutionResult): string {
    const answer = errors ? { errors: errors.map(this.shell.formatError), ...result } : result;
    return new Payload(answer).in(streamEnvelope).toString();
  }

  private cutOff(): void {
    if (!this.isOpen()) return;
    this.shell.log.warn("An event stream was ended because its client reads too slowly");
    this.endWith(new AppError("RATE_LIMITED", `${tooSlowWords}.`));
    after(limits.slowCloseMs, () => this.response.destroy()).unref();
  }

  private endWith(error: AppError): void {
    if (!this.isOpen()) return;
    this.running?.end();
    this.response.write(this.framed(notStarted(error)));
    this.response.end(error.code === "RATE_LIMITED" ? undefined : complete);
    this.over();
  }

  /** A failure of ours in the middle: said, then ended. */
  fail(error: unknown): void {
    this.shell.log.error({ err: describeError(error) }, "An event stream failed");
    if (this.isOpen()) this.response.end();
  }
}
