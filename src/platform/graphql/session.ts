/**
 * One WebSocket connection: its principal, its running operations and when it closes. graphql-ws implements the
 * protocol; limits, errors and the context of operations are the same as over HTTP.
 */
import type { Duplex } from "node:stream";
import type { ExecutionArgs, ExecutionResult, GraphQLError } from "graphql";
import type { Context, Server, SubscribePayload } from "graphql-ws";
import type { WebSocket } from "ws";
import { AppError } from "../../shared/errors";
import { after, soon } from "../clock";
import { describeError } from "../log";
import { bearerOf } from "./credentials";
import { FollowerIterator } from "./follower-iterator";
import { EventStream } from "./event-stream";
import { Follower } from "./follower";
import { limits } from "./limits";
import { Outbox } from "./outbox";
import { socketEnvelope } from "./payload";
import type { MonitoredSession } from "./session-monitor";
import { isSubscription, readRequest, type ReadableRequest } from "./request";
import { IdReleaseDelay } from "./id-release-delay";
import type { GraphQLServerParts } from "./server-parts";
import {
  closeCodes,
  terminateAfterMs,
  tooManyOperations,
  tooSlowMessage,
  type ClientInfo,
} from "./connection-policy";
import { SocketPipe } from "./socket-pipe";
import { subscribeBy } from "./subscribe";

/** The arguments that graphql-ws hands from `onSubscribe` to `execute` or `subscribe`. */
export interface ExecutionRequest<P> extends ExecutionArgs {
  readonly session: Session<P>;
  readonly id: string;
  readonly request: ReadableRequest;
}

export interface Extra<P> {
  readonly session: Session<P>;
}
export type Protocol<P> = Server<Extra<P>>;
type Connection<P> = Context<Record<string, unknown> | undefined, Extra<P>>;

export class Session<P> implements MonitoredSession<P> {
  principal: P | null = null;
  /** Called when authentication has finished, with or without success. */
  onAuthenticated: () => void = () => undefined;
  private shuttingDown = false;
  private readonly idRelease = new IdReleaseDelay();
  private running = 0;
  /** The messages of the running queries and mutations. */
  private answering: Set<SubscribePayload> | null = null;
  private readonly streams = new Set<FollowerIterator | EventStream>();
  readonly outbox: Outbox;

  constructor(
    private readonly socket: WebSocket,
    connection: Duplex,
    private readonly parts: GraphQLServerParts<P>,
    private readonly visitor: ClientInfo,
  ) {
    this.outbox = new Outbox(new SocketPipe(socket, connection), () => this.cutOff());
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
      closed(code, String(reason)).catch((error: unknown) => this.logFailure(error));
    });
  }

  /** Closes at once when only subscriptions run, otherwise after the last answer has been sent. */
  shutDown(): void {
    this.shuttingDown = true;
    if (!this.answering?.size) this.close(closeCodes.goingAway, "Going away");
  }

  onRevoked(): void {
    this.close(closeCodes.forbidden, "Forbidden");
  }

  close(code: number, reason: string, terminateMs: number = terminateAfterMs): void {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return;
    socket.close(code, reason);
    this.endStreams();
    // Otherwise ws would keep the connection of a peer that does not answer the close for 30 s.
    after(terminateMs, () => socket.terminate()).unref();
  }

  async authenticate(connection: Connection<P>): Promise<boolean> {
    const { origin, clientAddress } = this.visitor;
    const { connectionParams } = connection;
    // The parameters hold the credentials, which must not stay in memory for the life of the socket.
    (connection as { connectionParams?: unknown }).connectionParams = undefined;
    try {
      const bearer = bearerOf(connectionParams?.["authorization"] ?? connectionParams?.["Authorization"]);
      this.principal = await this.parts.authenticate(bearer, origin, clientAddress);
      return true;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // A key that could not be checked is not a wrong one: the client should come again with it.
      if (error.code === "UNAVAILABLE") this.close(closeCodes.tryAgainLater, "Try again later");
      // Makes graphql-ws close the socket with 4403 Forbidden, unless it is closing already.
      return false;
    } finally {
      this.onAuthenticated();
    }
  }

  read(id: string, payload: SubscribePayload): ExecutionRequest<P> | readonly GraphQLError[] {
    if (this.running >= limits.operationsPerSocket) return [tooManyOperations()];
    const request = readRequest(this.parts, payload);
    if (!("known" in request)) return request;
    // graphql-ws keeps the message while the subscription runs. Sharing one text for equal documents saves memory.
    (payload as { query: string }).query = request.known.text;
    this.running += 1;
    if (!isSubscription(request.operation)) this.answering = (this.answering ?? new Set()).add(payload);
    return {
      ...{ session: this, id, request },
      schema: this.parts.schema,
      document: request.known.document,
      operationName: request.operationName,
      variableValues: request.variables,
      contextValue: this.freshContext(),
    };
  }

  private freshContext(): object {
    const { clientAddress, language } = this.visitor;
    return this.parts.context({ principal: this.principal, clientAddress, language });
  }

  async subscribe(args: ExecutionRequest<P>): Promise<FollowerIterator | EventStream | ExecutionResult> {
    const opened = await subscribeBy(this.parts, {
      ...{ args, request: args.request, outbox: this.outbox, language: this.visitor.language },
      envelope: socketEnvelope(args.id),
      freshContext: () => this.freshContext(),
      overloaded: () => this.close(closeCodes.tryAgainLater, "Try again later"),
    });
    // This context was only for opening the subscription; each event gets its own.
    args.contextValue = undefined;
    const stream = opened instanceof Follower ? new FollowerIterator(opened) : opened;
    if (!(stream instanceof FollowerIterator || stream instanceof EventStream)) return stream;
    this.parts.metrics.operations.inc({ type: "subscription", outcome: "OK" });
    this.streams.add(stream);
    stream.onEnd = () => {
      this.streams.delete(stream);
      this.idRelease.begin();
    };
    return stream;
  }

  complete(payload: SubscribePayload): void {
    this.running -= 1;
    if (!this.answering?.delete(payload) || !this.shuttingDown) return;
    // graphql-ws sends the last message of this operation right after this call; the close must come after it.
    soon(() => this.shutDown());
  }

  private async receive(read: (text: string) => Promise<void>, text: string): Promise<void> {
    if (this.idRelease.isPending) await this.idRelease.wait();
    if (this.shuttingDown || this.socket.readyState !== this.socket.OPEN) return;
    await read(text).catch((error: unknown) => this.failed(error));
  }

  private failed(error: unknown): void {
    const isProtocolError = error instanceof Error && error.message.startsWith("Unexpected message");
    if (!isProtocolError) this.logFailure(error);
    if (isProtocolError) this.close(closeCodes.badRequest, "Bad request");
    else this.close(closeCodes.internal, "Internal error");
  }

  private cutOff(): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.parts.log.warn("A WebSocket was closed because its client reads too slowly");
    this.close(closeCodes.tooSlow, tooSlowMessage, limits.slowCloseMs);
  }

  private endStreams(): void {
    for (const stream of this.streams) void stream.return();
  }

  private logFailure(error: unknown): void {
    this.parts.log.error({ err: describeError(error) }, "A WebSocket session failed");
  }
}
