/** What signing in can come to. */
import type { Principal } from "./principal";

export const maxFailures = 5;
export const lockMinutes = 10;

export type SignInRefusalReason = "INVALID_CREDENTIALS" | "LOCKED";

export interface SignInRefusal {
  readonly kind: "REFUSED";
  readonly reason: SignInRefusalReason;
  readonly message: string;
  readonly retryAt: Date | null;
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

/** The same for an address nobody has, a wrong password, and a member who was disabled. */
export const wrongCredentials: SignInRefusal = {
  kind: "REFUSED",
  reason: "INVALID_CREDENTIALS",
  message: "This e-mail address and password do not belong together. Check both and try again.",
  retryAt: null,
};

export const lockedRefusal = (until: Date): SignInRefusal => ({
  kind: "REFUSED",
  reason: "LOCKED",
  message: `After ${String(maxFailures)} attempts that failed, signing in is locked for ${String(lockMinutes)} minutes. Wait until retryAt.`,
  retryAt: until,
});
