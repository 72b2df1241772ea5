/**
 * Stops an HTTP server without failing a request that a client has already sent. Closing idle connections at
 * once, as Node does, can cut one whose next request is on its way; so each is first asked to close by the
 * header of its next answer, and only what stays silent is closed by us.
 */
import { Server as NetServer } from "node:net";
import type { FastifyInstance } from "fastify";
import { elapsedMs, pause } from "../clock";

export interface Drain {
  readonly stopping: () => boolean;
  /** Resolves when nothing is in flight any more, or at the deadline. New connections are refused at once. */
  readonly drain: (deadlineMs: number) => Promise<void>;
}

const quietMs = 250;

export function drainable(app: FastifyInstance): Drain {
  let inFlight = 0;
  let stopping = false;
  let lastActivity = 0;

  app.addHook("onRequest", async (_request, reply) => {
    inFlight += 1;
    lastActivity = elapsedMs();
    reply.raw.once("close", () => {
      inFlight -= 1;
      lastActivity = elapsedMs();
    });
  });
  app.addHook("onSend", async (_request, reply) => {
    if (stopping) void reply.header("connection", "close");
  });

  async function drain(deadlineMs: number): Promise<void> {
    stopping = true;
    lastActivity = elapsedMs();
    const deadline = lastActivity + deadlineMs;
    // http's own close() would also cut the idle connections.
    NetServer.prototype.close.call(app.server);
    const quiet = () => inFlight === 0 && elapsedMs() - lastActivity >= quietMs;
    while (!quiet() && elapsedMs() < deadline) await pause(25);
    app.server.closeAllConnections();
    await app.close();
  }

  return { stopping: () => stopping, drain };
}
