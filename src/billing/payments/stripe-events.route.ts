/** The webhook endpoint that receives Stripe's events. */
import type { Route } from "../../platform/module";
import type { StripeInbox } from "./stripe-inbox.service";

const path = "/stripe/events";
const largestBody = 512 * 1024;

/** Stripe signs the raw bytes, so the body is not parsed before the signature is verified. */
export const stripeEvents =
  (inbox: StripeInbox): Route =>
  (app) => {
    void app.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser(
        "application/json",
        { parseAs: "buffer", bodyLimit: largestBody },
        (_request, body, next) => {
          next(null, body);
        },
      );
      scope.post(path, async (request, reply) => {
        const signature = request.headers["stripe-signature"];
        try {
          await inbox.receive(request.body as Buffer, typeof signature === "string" ? signature : "");
        } catch (error) {
          if ((error as { type?: string }).type !== "StripeSignatureVerificationError") throw error;
          return reply.code(400).send({ error: "The signature is invalid." });
        }
        return { received: true };
      });
      done();
    });
  };
