export type * from "./onboarding";
export type { OnboardingService, OnboardingView } from "./onboarding.service";
export type { Vies } from "./vies";
