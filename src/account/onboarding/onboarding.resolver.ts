import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import {
  liveOnly,
  principalOf,
  scopeOf,
  supplierScopeOf,
  wholeSupplierOf,
  type RequestContext,
} from "../../access/identity";
import type { Transact } from "../../platform/database";
import { invalid } from "../../shared/errors";
import { isSameName } from "./onboarding";
import type { OnboardingService as Service, OnboardingView } from "./onboarding.service";
import { Onboarding, RegisterCheckInput, toOnboarding } from "./onboarding.types";

@Resolver()
export class OnboardingResolver {
  constructor(
    private readonly transact: Transact,
    private readonly service: Service,
  ) {}

  @Query(() => Onboarding, { description: "The onboarding of your supplier. Staff must name the supplier." })
  async onboarding(
    @Ctx() context: RequestContext,
    @Arg("supplier", () => ID, { nullable: true }) named: string | null,
  ): Promise<Onboarding> {
    const principal = principalOf(context);
    const own = principal.supplierId === null ? null : supplierScopeOf(context).supplierId;
    const supplierId = own ?? named;
    if (supplierId == null) throw invalid("supplier is required for staff.");
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
      "Looks up the supplier's VAT number in VIES and records the answer with its consultation number. A French number also proves the SIREN. CONFLICT while VIES is unavailable; nothing is recorded then.",
  })
  async checkRegistration(
    @Ctx() context: RequestContext,
    @Arg("supplier", () => ID) supplier: string,
  ): Promise<Onboarding> {
    return shown(await this.service.lookUp(principalOf(context), supplier));
  }

  @Mutation(() => Onboarding, { description: "Records what a member of staff found in a register." })
  async recordRegisterCheck(
    @Ctx() context: RequestContext,
    @Arg("input", () => RegisterCheckInput) { supplierId, ...entry }: RegisterCheckInput,
  ): Promise<Onboarding> {
    return shown(await this.service.enter(principalOf(context), supplierId, entry));
  }

  @Mutation(() => Onboarding, {
    description: "Allows the supplier to run campaigns although onboarding steps are missing.",
  })
  async waiveOnboarding(
    @Ctx() context: RequestContext,
    @Arg("supplier", () => ID) supplier: string,
    @Arg("reason", () => String, { description: "Recorded together with who gave it." })
    reason: string,
  ): Promise<Onboarding> {
    return shown(await this.service.waive(principalOf(context), supplier, reason));
  }
}

const shown = (view: OnboardingView): Onboarding => toOnboarding(view, isSameName);
