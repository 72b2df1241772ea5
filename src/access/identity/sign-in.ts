/** The outcomes of signing in, and the limits on failed attempts. */
import type { Principal } from "./principal";

export const maxFailures = 5;
export const lockMinutes = 10;

export type SignInRefusalReason = "INVALID_CREDENTIALS" | "LOCKED";

export interface SignInRefusal {
  readonly kind: "REFUSED";
  readonly reason: SignInRefusalReason;
  readonly message: string;
  readonly retryAt: Date | null;
  /** The seconds until then; null when the caller may try at once. */
  readonly retryAfterSeconds: number | null;
}

export type SignInOutcome =
  | {
      readonly kind: "SIGNED_IN";
      readonly token: string;
      readonly expiresAt: Date;
      readonly principal: Principal;
      readonly name: string;
    }
  | SignInRefusal;

/** Deliberately the same for an unknown address, a wrong password and a disabled member. */
export const wrongCredentials: SignInRefusal = {
  kind: "REFUSED",
  reason: "INVALID_CREDENTIALS",
  message: "The e-mail address or the password is wrong. Check both and try again.",
  retryAt: null,
  retryAfterSeconds: null,
};

export const lockedRefusal = (until: Date, now: Date): SignInRefusal => ({
  kind: "REFUSED",
  reason: "LOCKED",
  message: `After ${String(maxFailures)} failed attempts, signing in is locked for ${String(lockMinutes)} minutes. Wait until retryAt.`,
  retryAt: until,
  retryAfterSeconds: Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)),
});
