/** The endpoints for monitoring: liveness, readiness and metrics. */
import type { FastifyInstance } from "fastify";
import { after, cancel } from "../clock";
import { describeError, type Log } from "../log";
import type { Metrics } from "../metrics";

export interface Readiness {
  readonly ok: boolean;
  readonly checks: Readonly<Record<string, string>>;
}

export interface HealthOptions {
  readonly ready: () => Promise<Readiness>;
  /** Whether the server is shutting down and should get no new requests. */
  readonly stopping: () => boolean;
  readonly metrics: Metrics;
  readonly log: Log;
}

const checkTimeoutMs = 3_000;

export function addHealth(app: FastifyInstance, options: HealthOptions): void {
  app.get("/healthz", async () => ({ status: "ok" }));

  app.get("/readyz", async (_request, reply) => {
    const { ok, checks } = await readiness(options);
    return reply.code(ok ? 200 : 503).send({ status: ok ? "ready" : "not ready", checks });
  });

  app.get("/metrics", async (_request, reply) => {
    const { registry } = options.metrics;
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

async function readiness({ ready, stopping, log }: HealthOptions): Promise<Readiness> {
  if (stopping()) return { ok: false, checks: { server: "stopping" } };
  try {
    return await within(checkTimeoutMs, ready());
  } catch (error) {
    log.warn({ err: describeError(error) }, "The readiness check itself failed");
    return { ok: false, checks: { readiness: "failed" } };
  }
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = after(timeoutMs, () => reject(new Error("The readiness check took too long.")));
  });
  return Promise.race([work, tooLate]).finally(() => cancel(timer));
}
