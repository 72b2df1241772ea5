/** How often one address may ask. Per process: a limit against floods, not an account of anything. */
import { AppError } from "../shared/errors";
import { Rate } from "./rate";

export class FloodGate {
  private readonly rate: Rate;

  constructor(perMinute: number) {
    this.rate = new Rate(perMinute, 60);
  }

  async pass({ clientAddress }: { readonly clientAddress: string }): Promise<void> {
    const seconds = await this.rate.secondsToWait(networkOf(clientAddress));
    if (seconds === 0) return;
    throw new AppError(
      "RATE_LIMITED",
      `Too many requests from your address. Try again in ${String(seconds)} s.`,
    );
  }
}

/** One household has a whole IPv6 /64: its addresses count as one. */
export const networkOf = (address: string): string =>
  address.includes(":") && !address.startsWith("::ffff:")
    ? `${address.split(":").slice(0, 4).join(":")}::/64`
    : address;
