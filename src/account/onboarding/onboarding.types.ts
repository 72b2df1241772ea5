import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { DateTime } from "../../platform/graphql/scalars";
import type * as onboarding from "./onboarding";
import type { Words } from "../../shared/language";
import type { OnboardingFacts } from "./onboarding";

export const RegisterKind = { SIREN: "SIREN", REGISTER: "REGISTER", VAT: "VAT", ORIAS: "ORIAS" } as const;
registerEnumType(RegisterKind, {
  name: "RegisterKind",
  description: "A public register in which a number is looked up.",
  valuesConfig: {
    SIREN: { description: "The French register of companies." },
    REGISTER: { description: "The register of companies of another country." },
    VAT: { description: "VIES, the EU register of VAT numbers." },
    ORIAS: {
      description: "The register of intermediaries in insurance and credit. Its numbers have eight digits.",
    },
  },
});
export const OnboardingStepKind = { ...RegisterKind, TERMS: "TERMS" } as const;
registerEnumType(OnboardingStepKind, {
  name: "OnboardingStepKind",
  description: "A step of the onboarding.",
  valuesConfig: {
    SIREN: { description: "The company is in the French register of companies." },
    REGISTER: { description: "The company is in the register of its country, outside France." },
    VAT: {
      description:
        "The VAT number is in VIES. Where the supplier owes the VAT itself (reverse charge), only an answer of VIES counts, and none that staff recorded.",
    },
    ORIAS: { description: "The company is registered with ORIAS." },
    TERMS: { description: "An administrator of the supplier accepted the current terms." },
  },
});
const CheckSource = { VIES: "VIES", STAFF: "STAFF" } as const;
registerEnumType(CheckSource, {
  name: "CheckSource",
  description: "Who looked a number up.",
  valuesConfig: {
    VIES: { description: "We asked VIES." },
    STAFF: { description: "A member of staff looked it up in the register." },
  },
});

@ObjectType({ description: "A step of the onboarding of a supplier." })
export class OnboardingStep {
  @Field(() => OnboardingStepKind, { description: "Which step." }) step: onboarding.StepKind;
  @Field(() => DateTime, {
    nullable: true,
    description: "When it was completed or waived; null while it is missing.",
  })
  doneAt: Date | null;
  /** What `todo` says. */
  words: Words | null;
}

@ObjectType({
  description: "The result of looking up a number in its register. The newest check of a number counts.",
})
export class RegisterCheck {
  @Field(() => RegisterKind, { description: "The register." }) kind: onboarding.CheckKind;
  @Field(() => String, { description: "The number that was looked up, without blanks." }) number: string;
  @Field(() => Boolean, { description: "Whether the register has the number." }) valid: boolean;
  @Field(() => CheckSource, { description: "Who looked it up." }) source: "VIES" | "STAFF";
  @Field(() => String, { description: "The consultation number of VIES, or where the extract is kept." })
  reference: string;
  @Field(() => String, {
    nullable: true,
    description: "The name in the register; null if it gave none.",
  })
  name: string | null;
  @Field(() => Boolean, {
    description:
      "Whether the name in the register differs from the one people consent to, or is missing. Check it by hand.",
  })
  nameDiffers: boolean;
  @Field(() => DateTime, { description: "When it was looked up." }) checkedAt: Date;
}

@ObjectType({ description: "A version of the terms that an administrator of the supplier accepted." })
export class TermsAcceptance {
  @Field(() => String, { description: "The version of the terms." }) version: string;
  @Field(() => DateTime, { description: "When it was accepted." }) acceptedAt: Date;
}

@ObjectType({
  description:
    "What a supplier must complete before its first campaign. ORIAS is listed for suppliers that check people's credit; campaigns for insurance products require it as well.",
})
export class Onboarding {
  @Field(() => ID, { description: "The supplier." }) supplierId: string;
  @Field(() => Boolean, { description: "Whether no step is missing." }) complete: boolean;
  @Field(() => [OnboardingStep], { description: "The steps that apply to the supplier." })
  steps: readonly OnboardingStep[];
  @Field(() => String, { description: "The version of the current terms." }) termsVersion: string;
  @Field(() => String, {
    nullable: true,
    description: "The page with the terms: the operator's own, or the one of this server.",
  })
  termsUrl: string | null;
  @Field(() => [TermsAcceptance], { description: "The versions that were accepted, newest first." })
  acceptances: readonly TermsAcceptance[];
  @Field(() => [RegisterCheck], { description: "Newest first." }) checks: readonly RegisterCheck[];
  @Field(() => String, {
    nullable: true,
    description: "The reason for which staff waived the missing steps; null if they did not.",
  })
  waived: string | null;
}

@InputType({ description: "What a member of staff found in a register." })
export class RegisterCheckInput {
  @Field(() => ID, { description: "The supplier." }) supplierId: string;
  @Field(() => RegisterKind, { description: "The register." }) kind: onboarding.CheckKind;
  @Field(() => String, {
    description:
      "The supplier's SIREN, register number or VAT number, or an ORIAS number of eight digits. Blanks, dots and hyphens are ignored.",
  })
  number: string;
  @Field(() => Boolean, { description: "Whether the register has it." }) valid: boolean;
  @Field(() => String, { description: "Where the extract is kept: one line of 1 to 200 characters." })
  reference: string;
  @Field(() => String, {
    nullable: true,
    description: "The name in the register: one line of 1 to 200 characters. None by default.",
  })
  name?: string | null;
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
  steps: steps.map(({ step, doneAt, todo: words }) =>
    Object.assign(new OnboardingStep(), { step, doneAt, words }),
  ),
  termsVersion: facts.termsInForce.version,
  termsUrl: facts.termsInForce.url,
  acceptances: facts.acceptances,
  checks: facts.checks.map((check) => ({
    ...check,
    nameDiffers: check.valid && (check.name === null || !isSameName(check.name, name)),
  })),
  waived: facts.waiver?.reason ?? null,
});
