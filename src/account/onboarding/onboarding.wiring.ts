/** Builds the onboarding feature: what a supplier must complete before its first campaign. */
import type { AuditService } from "../../access/identity";
import type { Foundation } from "../../platform/foundation";
import type { Module } from "../../platform/module";
import type { SuppliersById } from "../suppliers";
import type { Terms } from "./onboarding";
import { OnboardingResolver, OnboardingStepResolver } from "./onboarding.resolver";
import { OnboardingService } from "./onboarding.service";
import { viesAt } from "./vies.adapter";

export interface OnboardingServices {
  readonly onboarding: OnboardingService;
}

export interface OnboardingDeps {
  readonly audit: AuditService;
  readonly terms: Terms;
  readonly vies: Parameters<typeof viesAt>[0];
}

export function buildOnboarding(
  { transact, clock }: Foundation,
  { audit, terms, vies }: OnboardingDeps,
  suppliersById: SuppliersById,
): Module<OnboardingServices> {
  const onboarding = new OnboardingService({ transact, audit, vies: viesAt(vies), terms, clock });
  return {
    services: { onboarding },
    resolvers: [new OnboardingResolver(transact, onboarding, suppliersById), new OnboardingStepResolver()],
  };
}
