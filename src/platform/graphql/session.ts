/**
 * One WebSocket: who is behind it, what runs on it, and when it must close. The protocol itself is graphql-ws;
 * the limits, the errors and the context are those of HTTP.
 */
import type { Duplex } from "node:stream";
import type { ExecutionArgs, ExecutionResult, GraphQLError } from "graphql";
import type { Context, Server, SubscribePayload } from "graphql-ws";
import type { WebSocket } from "ws";
import { AppError } from "../../shared/errors";
import { after, soon } from "../clock";
import { describeError } from "../log";
import { bearerOf } from "./credentials";
import { Direct } from "./direct";
import { EventStream } from "./event-stream";
import { Follower } from "./follower";
import { limits } from "./limits";
import { Outbox } from "./outbox";
import { socketEnvelope } from "./payload";
import type { LetIn } from "./doorkeeper";
import { isSubscription, readRequest, type ReadableRequest } from "./request";
import { Settling } from "./settling";
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

export interface Extra<P> {
  readonly session: Session<P>;
}
export type Protocol<P> = Server<Extra<P>>;
type Connection<P> = Context<Record<string, unknown> | undefined, Extra<P>>;

export class Session<P> implements LetIn<P> {
  principal: P | null = null;
  /** Called once it is known who is there, or that nobody may be. */
  onEntered: () => void = () => undefined;
  private leaving = false;
  private readonly settling = new Settling();
  /** How many operations run, and of them what will be answered once, by the message that asked for it. */
  private running = 0;
  private answering: Set<SubscribePayload> | null = null;
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
    if (!this.answering?.size) this.close(closeCodes.goingAway, "Going away");
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
    after(patienceMs, () => socket.terminate()).unref();
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
    if (this.running >= limits.operationsPerSocket) return [tooMany()];
    const request = readRequest(this.shell, payload);
    if (!("known" in request)) return request;
    // The message lives as long as its subscription: one text for all who sent the same.
    (payload as { query: string }).query = request.known.text;
    this.running += 1;
    if (!isSubscription(request.operation)) this.answering = (this.answering ?? new Set()).add(payload);
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
    // It was for the opening; each event has one of its own.
    args.contextValue = undefined;
    const stream = opened instanceof Follower ? new Direct(opened) : opened;
    if (!(stream instanceof Direct || stream instanceof EventStream)) return stream;
    this.shell.metrics.operations.inc({ type: "subscription", outcome: "OK" });
    this.streams.add(stream);
    stream.onEnd = () => {
      this.streams.delete(stream);
      this.settling.begin();
    };
    return stream;
  }

  complete(payload: SubscribePayload): void {
    this.running -= 1;
    if (!this.answering?.delete(payload) || !this.leaving) return;
    // The last message of this operation is handed over right after this; the close must follow it.
    soon(() => this.leave());
  }

  private async receive(read: (text: string) => Promise<void>, text: string): Promise<void> {
    if (this.settling.isGoingOn) await this.settling.over();
    if (this.leaving || this.socket.readyState !== this.socket.OPEN) return;
    await read(text).catch((error: unknown) => this.failed(error));
  }

  private failed(error: unknown): void {
    const mistaken = error instanceof Error && error.message.startsWith("Unexpected message");
    if (mistaken) {
      this.close(closeCodes.badRequest, "Bad request");
      return;
    }
    this.note(error);
    this.close(closeCodes.internal, "Internal error");
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
