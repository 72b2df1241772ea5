import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import {
  liveOnly,
  principalOf,
  scopeOf,
  supplierScopeOf,
  wholeSupplierOf,
  type RequestContext,
} from "../../access/identity";
import type { Transact } from "../../platform/database";
import { LanguageArg } from "../../platform/graphql/language";
import { invalid } from "../../shared/errors";
import type { Language } from "../../shared/language";
import type { SuppliersById } from "../suppliers";
import { loadSupplier } from "../suppliers/supplier-loader.types";
import { Supplier } from "../suppliers/supplier.types";
import { isSameName } from "./onboarding";
import type { OnboardingService as Service, OnboardingView } from "./onboarding.service";
import { Onboarding, OnboardingStep, RegisterCheckInput, toOnboarding } from "./onboarding.types";

const OfSupplier = (): ParameterDecorator =>
  Arg("supplierId", () => ID, { description: "The supplier." }) as ParameterDecorator;

@Resolver(() => Onboarding)
export class OnboardingResolver {
  constructor(
    private readonly transact: Transact,
    private readonly service: Service,
    private readonly suppliersById: SuppliersById,
  ) {}

  @Query(() => Onboarding, {
    description: "What a supplier must complete before its first campaign, and what it has completed.",
  })
  async onboarding(
    @Ctx() context: RequestContext,
    @Arg("supplierId", () => ID, {
      nullable: true,
      description: "The supplier; required for staff. A supplier always reads its own.",
    })
    named: string | null,
  ): Promise<Onboarding> {
    const principal = principalOf(context);
    const own = principal.supplierId === null ? null : supplierScopeOf(context).supplierId;
    const supplierId = own ?? named;
    if (supplierId == null)
      throw invalid("supplierId is required for staff.", { reason: "REQUIRED", field: "supplierId" });
    return shown(await this.transact(scopeOf(principal), (tx) => this.service.of(tx, supplierId)));
  }

  @Mutation(() => Onboarding, {
    description: "Accepts the current terms for the supplier. Accepting them again changes nothing.",
  })
  async acceptTerms(
    @Ctx() context: RequestContext,
    @Arg("version", () => String, { description: "The version given by `onboarding { termsVersion }`." })
    version: string,
  ): Promise<Onboarding> {
    liveOnly(context);
    const by = principalOf(context).consumer;
    return shown(await this.service.acceptTerms(wholeSupplierOf(context), by, version));
  }

  @Mutation(() => Onboarding, {
    description:
      "Looks up the supplier's VAT number in VIES and records the answer with its consultation number. A French number also proves the SIREN. UNAVAILABLE with `retryAfterSeconds` while VIES does not answer; nothing is recorded then. CONFLICT with the reason NO_VAT_NUMBER for a supplier without one that VIES knows.",
  })
  async checkRegistration(
    @Ctx() context: RequestContext,
    @OfSupplier() supplierId: string,
  ): Promise<Onboarding> {
    return shown(await this.service.lookUp(principalOf(context), supplierId));
  }

  @Mutation(() => Onboarding, { description: "Records what a member of staff found in a register." })
  async recordRegisterCheck(
    @Ctx() context: RequestContext,
    @Arg("input", () => RegisterCheckInput, {
      description: "What was found. All its faults are reported at once.",
    })
    { supplierId, ...entry }: RegisterCheckInput,
  ): Promise<Onboarding> {
    return shown(await this.service.enter(principalOf(context), supplierId, entry));
  }

  @Mutation(() => Onboarding, {
    description: "Allows the supplier to run campaigns although onboarding steps are missing.",
  })
  async waiveOnboarding(
    @Ctx() context: RequestContext,
    @OfSupplier() supplierId: string,
    @Arg("reason", () => String, {
      description: "1 to 500 characters, recorded together with who gave it. Do not name a person.",
    })
    reason: string,
  ): Promise<Onboarding> {
    return shown(await this.service.waive(principalOf(context), supplierId, reason));
  }

  @FieldResolver(() => Supplier, { description: "The supplier." })
  async supplier(@Ctx() context: RequestContext, @Root() { supplierId }: Onboarding): Promise<Supplier> {
    return loadSupplier(context, this.suppliersById, supplierId);
  }
}

@Resolver(() => OnboardingStep)
export class OnboardingStepResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: "What to do, and who does it; null once it is done.",
  })
  todo(@Root() { words }: OnboardingStep, @LanguageArg("EN") language: Language | null): string | null {
    return words && words[language ?? "EN"];
  }
}

const shown = (view: OnboardingView): Onboarding => toOnboarding(view, isSameName);
