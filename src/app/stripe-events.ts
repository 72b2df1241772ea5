/** Where Stripe sends its events, and what works on them. */
import type { FastifyInstance } from "fastify";
import { repeat, type Repeated } from "../platform/every";
import type { Foundation } from "./foundation";
import type { Services } from "./services";

const path = "/stripe/events";
const largestBody = 512 * 1024;
const pauseMs = 1_000;

/** The signature is over the bytes that were sent, so they are not parsed before. */
export function addStripeEvents(app: FastifyInstance, { stripe }: Services): void {
  if (stripe === null) return;
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      "application/json",
      { parseAs: "buffer", bodyLimit: largestBody },
      (_r, body, next) => {
        next(null, body);
      },
    );
    scope.post(path, async (request, reply) => {
      const signature = request.headers["stripe-signature"];
      try {
        await stripe.inbox.receive(request.body as Buffer, typeof signature === "string" ? signature : "");
      } catch (error) {
        if ((error as { type?: string }).type !== "StripeSignatureVerificationError") throw error;
        return reply.code(400).send({ error: "The signature does not hold." });
      }
      return { received: true };
    });
    done();
  });
}

export function workOnStripe({ stripe }: Services, { clock, log }: Foundation): readonly Repeated[] {
  if (stripe === null) return [];
  const work = async (signal: AbortSignal): Promise<void> => {
    await stripe.inbox.work(signal);
    await stripe.collecting.resume(signal);
    await stripe.refunds.resume(signal);
    await stripe.topUps.run();
  };
  const onError = (error: unknown): void => {
    log.error({ err: error }, "the work on Stripe's events stopped; it will be taken up again");
  };
  return [repeat(work, { clock, pauseMs, onError })];
}
