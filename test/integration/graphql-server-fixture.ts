/**
 * A server with a tiny schema of its own, and a WebSocket client that queues what it receives, so that no
 * test sleeps.
 */
import { EventEmitter, on } from "node:events";
import {
  Arg,
  Ctx,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import { WebSocket } from "ws";
import { startServer, type RunningServer, type ServerOptions } from "../../src/app/server";
import { buildApiSchema, Json } from "../../src/platform/graphql/build-schema";
import { createLog } from "../../src/platform/log";
import { stoppable } from "../../src/platform/stoppable";
import { AppError, invalid, notConfigured } from "../../src/shared/errors";
import { checkAll } from "../../src/shared/faults";
import { Board } from "../support/board";

export interface Guest {
  readonly role: string;
}
interface Context {
  readonly principal: Guest | null;
  readonly number: number;
}

@InputType()
class ContactInput {
  @Field(() => String)
  name!: string;

  @Field(() => Int, { nullable: true })
  age?: number;
}

@ObjectType()
class Tree {
  @Field(() => Tree)
  branch!: Tree;

  @Field(() => ID)
  id!: string;
}

export const bell = new EventEmitter().setMaxListeners(0);
export const gate = new EventEmitter();

/** The source of `posted`; a test that counts replaces the board. Renderings are counted too. */
export const posts = { board: new Board(), rendered: 0, words: "", failures: 0 };

async function* rings(signal: AbortSignal): AsyncGenerator<string> {
  for await (const [sound] of on(bell, "ring", { signal })) yield String(sound);
}

@Resolver()
class TestResolver {
  @Query(() => String)
  hello(@Arg("contact", () => ContactInput, { nullable: true }) contact?: ContactInput): string {
    return `hello ${contact?.name ?? "you"}`;
  }

  @Query(() => Tree)
  tree(): object {
    const tree: { id: string; branch?: object } = { id: "1" };
    return Object.assign(tree, { branch: tree });
  }

  @Query(() => Json)
  echo(@Arg("value", () => Json) value: unknown): unknown {
    return value;
  }

  @Query(() => String)
  secret(@Ctx() { principal }: Context): string {
    return `for ${principal?.role ?? "nobody"}`;
  }

  @Query(() => String)
  broken(): string {
    throw new Error('duplicate key "jean.dupont@example.fr" of +33 6 12 34 56 78');
  }

  @Query(() => String)
  taken(): string {
    throw new AppError("CONFLICT", "This key was used with another input. Use a new key.");
  }

  @Query(() => String, { nullable: true })
  busy(@Arg("retryAfterSeconds", () => Int) retryAfterSeconds: number): string {
    throw new AppError("UNAVAILABLE", "The register does not answer.", { retryAfterSeconds });
  }

  @Query(() => String)
  cards(): string {
    throw notConfigured("This server takes no cards. Pay by bank transfer.");
  }

  @Query(() => String)
  terms(): string {
    const check = (field: string) => (): string => {
      throw invalid(`${field} is required.`, { reason: "REQUIRED" });
    };
    return checkAll({ name: check("name"), zones: check("zones") }).name;
  }

  @Mutation(() => String)
  done(): string {
    return "done";
  }

  @Mutation(() => String)
  async wait(): Promise<string> {
    gate.emit("reached");
    await new Promise((resolve) => gate.once("open", resolve));
    return "done";
  }

  @Subscription(() => String, { subscribe: () => stoppable(rings) })
  rung(@Root() sound: string, @Ctx() { number }: Context): string {
    return `${sound} ${number}`;
  }

  @Subscription(() => String, {
    subscribe: ({ args }) => posts.board.follow((args as { after?: number }).after ?? 0),
  })
  posted(
    @Root() { position }: { position: number },
    @Arg("after", () => Int, { nullable: true }) _after: number | null,
    @Arg("loud", () => Boolean, { nullable: true }) loud: boolean | null,
  ): string {
    if (posts.failures > 0) {
      posts.failures -= 1;
      throw new Error("the words are away");
    }
    posts.rendered += 1;
    return `${position}${loud ? "!" : ""} ${posts.words}`;
  }

  @Subscription(() => String, {
    subscribe: () =>
      (async function* () {
        for (;;) yield "x".repeat(200_000);
      })(),
  })
  flood(@Root() sound: string): string {
    return sound;
  }
}

const permissions = {
  hello: "PUBLIC",
  tree: "PUBLIC",
  echo: "PUBLIC",
  broken: "PUBLIC",
  taken: "PUBLIC",
  busy: "PUBLIC",
  cards: "PUBLIC",
  terms: "PUBLIC",
  done: "PUBLIC",
  wait: "PUBLIC",
  flood: "PUBLIC",
  secret: ["ADMIN"],
  rung: ["SUPPLIER_SALES"],
  posted: ["SUPPLIER_SALES"],
} as const;

export const guests: ReadonlyMap<string, Guest> = new Map([
  ["admin-key", { role: "ADMIN" }],
  ["sales-key", { role: "SUPPLIER_SALES" }],
]);

export interface TestServer extends RunningServer {
  readonly logged: string[];
  readonly revoked: Set<Guest>;
}

export async function serve(overrides: Partial<ServerOptions<Guest>> = {}): Promise<TestServer> {
  const logged: string[] = [];
  const revoked = new Set<Guest>();
  let contexts = 0;
  const server = await startServer<Guest>({
    schema: buildApiSchema([TestResolver], { permissions }),
    schemaFor: ({ role }) => `# for ${role}`,
    host: "127.0.0.1",
    port: 0,
    authenticate: async (bearer) => {
      if (bearer === null) return null;
      const guest = guests.get(bearer);
      if (!guest || revoked.has(guest))
        throw new AppError("UNAUTHENTICATED", "This key is not known or was revoked. Use another.");
      return guest;
    },
    context: ({ principal }) => ({ principal, number: ++contexts }),
    stillValid: async (asked) => new Set(asked.filter((guest) => !revoked.has(guest))),
    ready: async () => ({ ok: true, checks: { database: "ok" } }),
    originAllowed: async (origin) => origin === "https://forms.example.fr",
    trustedProxies: [],
    introspection: true,
    log: createLog({ format: "json", level: "debug", write: (line) => logged.push(line) }),
    ...overrides,
  });
  return { ...server, logged, revoked };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    data?: Record<string, unknown>;
    errors?: { message: string; extensions: { code: string } }[];
  };
}

export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text) as Answer["body"] };
}

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A client that speaks the WebSocket protocol message by message. */
export class Wire {
  private readonly heard: Message[] = [];
  private wake: () => void = () => undefined;
  readonly closed: Promise<number>;

  private constructor(readonly socket: WebSocket) {
    socket.on("message", (data: Buffer) => {
      this.heard.push(JSON.parse(data.toString()) as Message);
      this.wake();
    });
    this.closed = new Promise((resolve) => socket.once("close", resolve));
  }

  static async open(url: string): Promise<Wire> {
    const wire = new Wire(new WebSocket(url, "graphql-transport-ws"));
    await new Promise((resolve, reject) => wire.socket.once("open", resolve).once("error", reject));
    return wire;
  }

  static async enter(url: string, key?: string): Promise<Wire> {
    const wire = await Wire.open(url);
    wire.say({ type: "connection_init", payload: key ? { authorization: `Bearer ${key}` } : {} });
    await wire.next();
    return wire;
  }

  say(message: object | string): void {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  ask(id: string, query: string, variables: object = {}): void {
    this.say({ type: "subscribe", id, payload: { query, variables } });
  }

  async next(): Promise<Message> {
    while (this.heard.length === 0) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.heard.shift() as Message;
  }

  /** All received messages that have not been read yet. */
  rest(): Message[] {
    return this.heard.splice(0);
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}

/** Waits until the condition holds. The limit only decides how long a failing test takes. */
export async function soon(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`This did not come to hold: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
