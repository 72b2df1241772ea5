import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { DateTime } from "../../platform/graphql/scalars";
import type * as onboarding from "./onboarding";
import type { OnboardingFacts } from "./onboarding";

export const RegisterKind = { SIREN: "SIREN", VAT: "VAT", ORIAS: "ORIAS" } as const;
registerEnumType(RegisterKind, {
  name: "RegisterKind",
  valuesConfig: {
    SIREN: { description: "The register of companies." },
    VAT: { description: "VIES, the EU register of VAT numbers." },
    ORIAS: {
      description: "The register of intermediaries in insurance and credit. Its numbers have eight digits.",
    },
  },
});
export const OnboardingStepKind = { ...RegisterKind, TERMS: "TERMS" } as const;
registerEnumType(OnboardingStepKind, { name: "OnboardingStepKind" });
const CheckSource = { VIES: "VIES", STAFF: "STAFF" } as const;
registerEnumType(CheckSource, { name: "CheckSource" });

@ObjectType()
export class OnboardingStep {
  @Field(() => OnboardingStepKind) step: onboarding.StepKind;
  @Field(() => DateTime, { nullable: true }) doneAt: Date | null;
  @Field(() => String, {
    nullable: true,
    description: "What to do, and who does it; null once it is done.",
  })
  todo: string | null;
}

@ObjectType({
  description: "The result of looking up a number in its register. The newest check of a number counts.",
})
export class RegisterCheck {
  @Field(() => RegisterKind) kind: onboarding.CheckKind;
  @Field(() => String) number: string;
  @Field(() => Boolean) valid: boolean;
  @Field(() => CheckSource) source: "VIES" | "STAFF";
  @Field(() => String, { description: "The consultation number of VIES, or where the extract is kept." })
  reference: string;
  @Field(() => String, { nullable: true, description: "The name in the register." }) name: string | null;
  @Field(() => Boolean, {
    description:
      "Whether the name in the register differs from the one people consent to, or is missing. Check it by hand.",
  })
  nameDiffers: boolean;
  @Field(() => DateTime) checkedAt: Date;
}

@ObjectType()
export class TermsAcceptance {
  @Field(() => String) version: string;
  @Field(() => DateTime) acceptedAt: Date;
}

@ObjectType({
  description:
    "What a supplier must complete before its first campaign. ORIAS is listed for suppliers that check people's credit; campaigns for insurance products require it as well.",
})
export class Onboarding {
  @Field(() => ID) supplierId: string;
  @Field(() => Boolean) complete: boolean;
  @Field(() => [OnboardingStep]) steps: readonly OnboardingStep[];
  @Field(() => String, { description: "The version of the current terms." }) termsVersion: string;
  @Field(() => String, { nullable: true, description: "Where to read them." }) termsUrl: string | null;
  @Field(() => [TermsAcceptance]) acceptances: readonly TermsAcceptance[];
  @Field(() => [RegisterCheck], { description: "Newest first." }) checks: readonly RegisterCheck[];
  @Field(() => String, {
    nullable: true,
    description: "The reason for which staff waived the missing steps.",
  })
  waived: string | null;
}

@InputType()
export class RegisterCheckInput {
  @Field(() => ID) supplierId: string;
  @Field(() => RegisterKind) kind: onboarding.CheckKind;
  @Field(() => String) number: string;
  @Field(() => Boolean, { description: "Whether the register has it." }) valid: boolean;
  @Field(() => String, { description: "Where the extract is kept." }) reference: string;
  @Field(() => String, { nullable: true, description: "The name in the register." }) name?: string | null;
}

interface View {
  readonly supplierId: string;
  readonly name: string;
  readonly steps: readonly onboarding.OnboardingStep[];
  readonly facts: OnboardingFacts;
}

export const toOnboarding = (
  { supplierId, name, steps, facts }: View,
  isSameName: (a: string, b: string) => boolean,
): Onboarding => ({
  supplierId,
  complete: steps.every(({ doneAt }) => doneAt !== null),
  steps,
  termsVersion: facts.termsInForce.version,
  termsUrl: facts.termsInForce.url,
  acceptances: facts.acceptances,
  checks: facts.checks.map((check) => ({
    ...check,
    nameDiffers: check.valid && (check.name === null || !isSameName(check.name, name)),
  })),
  waived: facts.waiver?.reason ?? null,
});
