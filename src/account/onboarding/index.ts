export type * from "./onboarding";
export type { Onboarding, OnboardingView } from "./onboarding.service";
export type { Vies } from "./vies";
