/** Limits the requests of one client address, per process. It stops floods and is not an exact account. */
import { rateLimited } from "../shared/errors";
import { RateLimiter } from "./rate-limiter";

export class AddressRateLimiter {
  private readonly limiter: RateLimiter;

  constructor(perMinute: number) {
    this.limiter = new RateLimiter(perMinute, 60);
  }

  /** Throws RATE_LIMITED when the address has used up its requests. */
  async check({ clientAddress }: { readonly clientAddress: string }): Promise<void> {
    const seconds = await this.limiter.secondsToWait(networkOf(clientAddress));
    if (seconds === 0) return;
    throw rateLimited("Too many requests from your address.", seconds);
  }
}

/** A household usually has a whole IPv6 /64, so all its addresses count as one. */
export const networkOf = (address: string): string =>
  address.includes(":") && !address.startsWith("::ffff:")
    ? `${address.split(":").slice(0, 4).join(":")}::/64`
    : address;
