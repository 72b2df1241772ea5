/**
 * One WebSocket: who is behind it, what runs on it, and when it must close. The protocol itself is graphql-ws;
 * the limits, the errors and the context are those of HTTP.
 */
import type { Duplex } from "node:stream";
import {
  getOperationAST,
  type GraphQLError,
  OperationTypeNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLFormattedError,
} from "graphql";
import type { SubscribePayload } from "graphql-ws";
import type { WebSocket } from "ws";
import { AppError } from "../../shared/errors";
import { describeError } from "../log";
import { bearerOf } from "./credentials";
import { Direct } from "./direct";
import { codeOf } from "./errors";
import { EventStream } from "./event-stream";
import { Follower } from "./follower";
import { limits } from "./limits";
import { Outbox } from "./outbox";
import { socketEnvelope } from "./payload";
import type { Connection, Protocol } from "./protocol";
import type { Present } from "./presence";
import { isSubscription, readRequest, type ReadableRequest } from "./request";
import type { Shell } from "./shell";
import { closeCodes, terminateAfterMs, tooMany, tooSlowWords, type Visitor } from "./socket-manners";
import { SocketPipe } from "./socket-pipe";
import { subscribeBy } from "./subscribe";

/** What graphql-ws passes from the reading of a request to its execution. */
export interface Asked<P> extends ExecutionArgs {
  readonly session: Session<P>;
  readonly id: string;
  readonly request: ReadableRequest;
}

export class Session<P> implements Present<P> {
  principal: P | null = null;
  /** Called once it is known who is there, or that nobody may be. */
  onEntered: () => void = () => undefined;
  private leaving = false;
  private settling: Promise<void> | null = null;
  /** Everything that runs, and of it what will be answered once; told apart by the message that asked for it. */
  private readonly running = new Set<SubscribePayload>();
  private readonly answering = new Set<SubscribePayload>();
  private readonly streams = new Set<Direct | EventStream>();
  readonly outbox: Outbox;

  constructor(
    private readonly socket: WebSocket,
    carrier: Duplex,
    private readonly shell: Shell<P>,
    private readonly visitor: Visitor,
  ) {
    this.outbox = new Outbox(new SocketPipe(socket, carrier), () => this.cutOff());
  }

  open(protocol: Protocol<P>): void {
    const { socket } = this;
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (text) => this.outbox.answer(text),
        close: (code, reason) => this.close(code ?? closeCodes.internal, reason ?? ""),
        onMessage: (read) => socket.on("message", (data: Buffer) => void this.receive(read, data.toString())),
      },
      { session: this },
    );
    socket.once("close", (code, reason) => {
      this.endStreams();
      this.outbox.end();
      closed(code, String(reason)).catch((error: unknown) => this.note(error));
    });
  }

  /** Closes at once if nothing but subscriptions runs, otherwise as soon as the last answer is out. */
  leave(): void {
    this.leaving = true;
    if (this.answering.size === 0) this.close(closeCodes.goingAway, "Going away");
  }

  showOut(): void {
    this.close(closeCodes.forbidden, "Forbidden");
  }

  close(code: number, reason: string, patienceMs: number = terminateAfterMs): void {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return;
    socket.close(code, reason);
    this.endStreams();
    // A peer that does not answer the close would keep the connection, and what it carries, for 30 s.
    setTimeout(() => socket.terminate(), patienceMs).unref();
  }

  async enter(connection: Connection<P>): Promise<boolean> {
    const { origin, clientAddress } = this.visitor;
    const { connectionParams } = connection;
    // What was said to enter is a secret, and is not kept for as long as the socket lives.
    (connection as { connectionParams?: unknown }).connectionParams = undefined;
    try {
      const bearer = bearerOf(connectionParams?.["authorization"] ?? connectionParams?.["Authorization"]);
      this.principal = await this.shell.authenticate(bearer, origin, clientAddress);
      return true;
    } catch (error) {
      // graphql-ws closes with 4403 Forbidden.
      if (error instanceof AppError) return false;
      throw error;
    } finally {
      this.onEntered();
    }
  }

  read(id: string, payload: SubscribePayload): Asked<P> | readonly GraphQLError[] {
    if (this.running.size >= limits.operationsPerSocket) return [tooMany()];
    const request = readRequest(this.shell, payload);
    if (!("known" in request)) return request;
    // The message lives as long as its subscription: one text for all who sent the same.
    (payload as { query: string }).query = request.known.text;
    this.running.add(payload);
    if (!isSubscription(request.operation)) this.answering.add(payload);
    return {
      ...{ session: this, id, request },
      schema: this.shell.schema,
      document: request.known.document,
      operationName: request.operationName,
      variableValues: request.variables,
      contextValue: this.freshContext(),
    };
  }

  private freshContext(): object {
    const { clientAddress, language } = this.visitor;
    return this.shell.context({ principal: this.principal, clientAddress, language });
  }

  async subscribe(args: Asked<P>): Promise<Direct | EventStream | ExecutionResult> {
    const opened = await subscribeBy(this.shell, {
      ...{ args, request: args.request, outbox: this.outbox, language: this.visitor.language },
      envelope: socketEnvelope(args.id),
      freshContext: () => this.freshContext(),
      crowded: () => this.close(closeCodes.tryAgainLater, "Try again later"),
    });
    const stream = opened instanceof Follower ? new Direct(opened) : opened;
    if (!(stream instanceof Direct || stream instanceof EventStream)) return stream;
    this.shell.metrics.operations.inc({ type: "subscription", outcome: "OK" });
    this.streams.add(stream);
    stream.onEnd = () => this.forget(stream);
    return stream;
  }

  // graphql-ws takes a moment to forget the id of what has ended. Whoever uses that id again in the same
  // breath would have it taken away.
  private forget(stream: Direct | EventStream): void {
    this.streams.delete(stream);
    this.settling ??= new Promise((resolve) =>
      setImmediate(() => {
        this.settling = null;
        resolve();
      }),
    );
  }

  next(args: ExecutionArgs, result: ExecutionResult): ExecutionResult {
    const { metrics, formatError } = this.shell;
    const errors = result.errors?.map(formatError);
    const type = getOperationAST(args.document, args.operationName)?.operation ?? "unknown";
    if (type === OperationTypeNode.SUBSCRIPTION && "data" in result) metrics.eventsSent.inc();
    else metrics.operations.inc({ type, outcome: codeOf(errors?.[0]) });
    // The protocol sends what stands here as it is; graphql-js types it by its own error class.
    return (errors ? { ...result, errors } : result) as ExecutionResult;
  }

  refused(errors: readonly GraphQLError[]): GraphQLFormattedError[] {
    const formatted = errors.map(this.shell.formatError);
    this.shell.metrics.operations.inc({ type: "unknown", outcome: codeOf(formatted[0]) });
    return formatted;
  }

  complete(payload: SubscribePayload): void {
    this.running.delete(payload);
    if (!this.answering.delete(payload) || !this.leaving) return;
    // The last message of this operation is handed over right after this; the close must follow it.
    setImmediate(() => this.leave());
  }

  private async receive(read: (text: string) => Promise<void>, text: string): Promise<void> {
    if (this.settling) await this.settling;
    if (this.leaving || this.socket.readyState !== this.socket.OPEN) return;
    try {
      await read(text);
    } catch (error) {
      const mistaken = error instanceof Error && error.message.startsWith("Unexpected message");
      if (!mistaken) this.note(error);
      this.close(
        mistaken ? closeCodes.badRequest : closeCodes.internal,
        mistaken ? "Bad request" : "Internal error",
      );
    }
  }

  private cutOff(): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.shell.log.warn("A WebSocket was closed because its client reads too slowly");
    this.close(closeCodes.tooSlow, tooSlowWords, limits.slowCloseMs);
  }

  private endStreams(): void {
    for (const stream of this.streams) void stream.return();
  }

  private note(error: unknown): void {
    this.shell.log.error({ err: describeError(error) }, "A WebSocket session failed");
  }
}
