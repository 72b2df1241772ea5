import { createUnionType, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { Refusal } from "../../platform/graphql/refusal.types";
import { DateTime } from "../../platform/graphql/scalars";
import type { SignInOutcome, SignInRefusalReason as Reason } from "./sign-in";
import { toViewer, Viewer } from "./viewer.types";

export const SignInRefusalReason = { INVALID_CREDENTIALS: "INVALID_CREDENTIALS", LOCKED: "LOCKED" } as const;
registerEnumType(SignInRefusalReason, {
  name: "SignInRefusalReason",
  description: "Why signing in was refused.",
  valuesConfig: {
    INVALID_CREDENTIALS: {
      description: "The address or the password is wrong, or the member was disabled.",
    },
    LOCKED: { description: "Five attempts failed. Signing in is locked for ten minutes." },
  },
});

@ObjectType({ description: "A session. Its token ends when it expires and when you sign out." })
export class SignedIn {
  @Field(() => String, { description: "Send it as `Authorization: Bearer …`. It is shown only here." })
  token: string;
  @Field(() => DateTime, { description: "Until when the token is valid." }) expiresAt: Date;
  @Field(() => Viewer, { description: "Who you are from now on." }) viewer: Viewer;
}

@ObjectType({
  implements: Refusal,
  description: "Signing in was refused. The answer is the same whether or not the e-mail address is known.",
})
export class SignInRefused extends Refusal {
  @Field(() => SignInRefusalReason, { description: "Why, for programs." }) reason: Reason;
  @Field(() => DateTime, { nullable: true, description: "When to try again; null if you may try at once." })
  retryAt: Date | null;
  @Field(() => Int, {
    nullable: true,
    description: "In how many seconds to try again, from 1 to 600; null if you may try at once.",
  })
  retryAfterSeconds: number | null;
}

export const SignInResult = createUnionType({
  name: "SignInResult",
  description: "A session, or why there is none.",
  types: () => [SignedIn, SignInRefused] as const,
});

export function toSignInResult(outcome: SignInOutcome): SignedIn | SignInRefused {
  if (outcome.kind === "SIGNED_IN") {
    const { token, expiresAt, principal, name } = outcome;
    return Object.assign(new SignedIn(), { token, expiresAt, viewer: toViewer(principal, name) });
  }
  const { reason, message, retryAt, retryAfterSeconds } = outcome;
  return Object.assign(new SignInRefused(), { reason, message, retryAt, retryAfterSeconds });
}
