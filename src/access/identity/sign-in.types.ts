import { createUnionType, Field, ObjectType, registerEnumType } from "type-graphql";
import { DateTime } from "../../platform/graphql/scalars";
import { toViewer, Viewer } from "./access.types";
import type { SignInOutcome, SignInRefusalReason as Reason } from "./sign-in";

export const SignInRefusalReason = { INVALID_CREDENTIALS: "INVALID_CREDENTIALS", LOCKED: "LOCKED" } as const;
registerEnumType(SignInRefusalReason, { name: "SignInRefusalReason" });

@ObjectType({ description: "Send the token as Authorization: Bearer … until it expires or you sign out." })
export class SignedIn {
  @Field(() => String) token: string;
  @Field(() => DateTime) expiresAt: Date;
  @Field(() => Viewer) viewer: Viewer;
}

@ObjectType({
  description: "Signing in was refused. The answer is the same whether or not the e-mail address is known.",
})
export class SignInRefused {
  @Field(() => SignInRefusalReason) reason: Reason;
  @Field(() => String) message: string;
  @Field(() => DateTime, { nullable: true, description: "When to try again; null if you may try at once." })
  retryAt: Date | null;
}

export const SignInResult = createUnionType({
  name: "SignInResult",
  types: () => [SignedIn, SignInRefused] as const,
});

export function toSignInResult(outcome: SignInOutcome): SignedIn | SignInRefused {
  if (outcome.kind === "SIGNED_IN") {
    const { token, expiresAt, principal, name } = outcome;
    return Object.assign(new SignedIn(), { token, expiresAt, viewer: toViewer(principal, name) });
  }
  const { reason, message, retryAt } = outcome;
  return Object.assign(new SignInRefused(), { reason, message, retryAt });
}
