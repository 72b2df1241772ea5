/** How often one address may ask. Per process: a limit against floods, not an account of anything. */
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "../shared/errors";

export class FloodGate {
  private readonly limiter: RateLimiterMemory;

  constructor(perMinute: number) {
    this.limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  }

  async pass({ clientAddress }: { readonly clientAddress: string }): Promise<void> {
    try {
      await this.limiter.consume(networkOf(clientAddress));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const seconds = Math.ceil(error.msBeforeNext / 1000);
      throw new AppError(
        "RATE_LIMITED",
        `Too many requests from your address. Try again in ${String(seconds)} s.`,
      );
    }
  }
}

/** One household has a whole IPv6 /64: its addresses count as one. */
export const networkOf = (address: string): string =>
  address.includes(":") && !address.startsWith("::ffff:")
    ? `${address.split(":").slice(0, 4).join(":")}::/64`
    : address;
