/**
 * One WebSocket: who is behind it, what runs on it, and when it must close. The protocol itself is graphql-ws;
 * the limits, the errors and the context are those of HTTP.
 */
import {
  getOperationAST,
  type GraphQLError,
  OperationTypeNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLFormattedError,
} from "graphql";
import { makeServer, type Context, type SubscribePayload } from "graphql-ws";
import type { WebSocket } from "ws";
import { AppError } from "../../shared/errors";
import { describeError } from "../log";
import { bearerOf } from "./credentials";
import { codeOf } from "./errors";
import { EventStream, openStream } from "./event-stream";
import { executeWithin } from "./execute-within";
import { limits } from "./limits";
import { Outbox } from "./outbox";
import { isSubscription, readRequest } from "./request";
import type { Shell } from "./shell";
import { closeCodes, terminateAfterMs, tooMany, withoutPrototypes, type Visitor } from "./socket-manners";

export class Session<P> {
  principal: P | null = null;
  private leaving = false;
  /** Everything that runs, and of it what will be answered once; told apart by the message that asked for it. */
  private readonly running = new Set<SubscribePayload>();
  private readonly answering = new Set<SubscribePayload>();
  private readonly streams = new Set<EventStream>();
  private readonly outbox: Outbox;

  constructor(
    private readonly socket: WebSocket,
    private readonly shell: Shell<P>,
    private readonly visitor: Visitor,
  ) {
    this.outbox = new Outbox(socket, { tooSlow: () => this.cutOff(), gone: () => this.endStreams() });
  }

  open(): void {
    const { socket } = this;
    const closed = this.protocol().opened(
      {
        protocol: socket.protocol,
        send: (text) => this.outbox.send(text),
        close: (code, reason) => this.close(code ?? closeCodes.internal, reason ?? ""),
        onMessage: (read) => socket.on("message", (data: Buffer) => void this.receive(read, data.toString())),
      },
      {},
    );
    socket.once("close", (code, reason) => {
      this.endStreams();
      closed(code, String(reason)).catch((error: unknown) => this.note(error));
    });
  }

  /** Closes at once if nothing but subscriptions runs, otherwise as soon as the last answer is out. */
  leave(): void {
    this.leaving = true;
    if (this.answering.size === 0) this.close(closeCodes.goingAway, "Going away");
  }

  close(code: number, reason: string): void {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return;
    socket.close(code, reason);
    this.endStreams();
    // A peer that does not answer the close would keep the connection, and what it carries, for 30 s.
    setTimeout(() => socket.terminate(), terminateAfterMs).unref();
  }

  private protocol() {
    return makeServer({
      connectionInitWaitTimeout: limits.connectionInitMs,
      jsonMessageReviver: withoutPrototypes,
      onConnect: (context) => this.enter(context),
      onSubscribe: (_context, _id, payload) => this.read(payload),
      execute: (args) => executeWithin(limits.requestMs, args),
      subscribe: (args) => this.subscribe(args),
      onNext: (_context, _id, _payload, args, result) => this.next(args, result),
      onError: (_context, _id, _payload, errors) => this.refused(errors),
      onComplete: (_context, _id, payload) => this.complete(payload),
    });
  }

  private async enter({ connectionParams }: Context): Promise<boolean> {
    const { origin, clientAddress } = this.visitor;
    try {
      const bearer = bearerOf(connectionParams?.["authorization"] ?? connectionParams?.["Authorization"]);
      this.principal = await this.shell.authenticate(bearer, origin, clientAddress);
      return true;
    } catch (error) {
      // graphql-ws closes with 4403 Forbidden.
      if (error instanceof AppError) return false;
      throw error;
    }
  }

  private read(payload: SubscribePayload): ExecutionArgs | readonly GraphQLError[] {
    if (this.running.size >= limits.operationsPerSocket) return [tooMany()];
    const { schema, rules } = this.shell;
    const request = readRequest(schema, rules, payload);
    if (!("document" in request)) return request;
    this.running.add(payload);
    if (!isSubscription(request.operation)) this.answering.add(payload);
    return {
      schema,
      document: request.document,
      operationName: payload.operationName ?? null,
      variableValues: payload.variables ?? {},
      contextValue: this.freshContext(),
    };
  }

  private freshContext(): object {
    const { clientAddress, language } = this.visitor;
    return this.shell.context({ principal: this.principal, clientAddress, language });
  }

  private async subscribe(args: ExecutionArgs): Promise<EventStream | ExecutionResult> {
    const stream = await openStream(args, () => this.freshContext());
    if (!(stream instanceof EventStream)) return stream;
    this.shell.metrics.operations.inc({ type: "subscription", outcome: "OK" });
    this.streams.add(stream);
    stream.onEnd = () => this.streams.delete(stream);
    return stream;
  }

  private next(args: ExecutionArgs, result: ExecutionResult): ExecutionResult {
    const { metrics, formatError } = this.shell;
    const errors = result.errors?.map(formatError);
    const type = getOperationAST(args.document, args.operationName)?.operation ?? "unknown";
    if (type === OperationTypeNode.SUBSCRIPTION && "data" in result) metrics.eventsSent.inc();
    else metrics.operations.inc({ type, outcome: codeOf(errors?.[0]) });
    // The protocol sends what stands here as it is; graphql-js types it by its own error class.
    return (errors ? { ...result, errors } : result) as ExecutionResult;
  }

  private refused(errors: readonly GraphQLError[]): GraphQLFormattedError[] {
    const formatted = errors.map(this.shell.formatError);
    this.shell.metrics.operations.inc({ type: "unknown", outcome: codeOf(formatted[0]) });
    return formatted;
  }

  private complete(payload: SubscribePayload): void {
    this.running.delete(payload);
    if (!this.answering.delete(payload) || !this.leaving) return;
    // The last message of this operation is handed over right after this; the close must follow it.
    setImmediate(() => this.leave());
  }

  private async receive(read: (text: string) => Promise<void>, text: string): Promise<void> {
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
    this.close(closeCodes.tooSlow, "Reads too slowly");
  }

  private endStreams(): void {
    for (const stream of this.streams) void stream.return();
  }

  private note(error: unknown): void {
    this.shell.log.error({ err: describeError(error) }, "A WebSocket session failed");
  }
}
