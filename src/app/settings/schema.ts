/** All settings of the server, as one zod schema. */
import { z } from "zod";
import { companySettings } from "./company";
import { databaseSettings } from "./database";
import { einvoicingSettings, reportingSettings } from "./einvoicing";
import { keySettings } from "./keys";
import { onboardingSettings } from "./onboarding";
import { limitSettings, serverSettings } from "./server";
import { mailSettings, outboundSettings, stripeSettings } from "./services";
import { trialSettings } from "./trials";

/** The defaults of production are narrower than those of a demo. */
export const settingsFor = (isProduction: boolean) =>
  z.object({
    ...serverSettings(isProduction),
    ...databaseSettings,
    ...keySettings,
    ...companySettings,
    ...limitSettings(isProduction),
    ...mailSettings,
    ...stripeSettings,
    ...einvoicingSettings,
    ...reportingSettings,
    ...onboardingSettings,
    ...outboundSettings,
    ...trialSettings,
  });

export type Values = z.output<ReturnType<typeof settingsFor>>;
export type SettingName = keyof Values;

/** The trimmed texts of the settings that are set. An empty setting counts as not set. */
export type SettingTexts = Readonly<Partial<Record<SettingName, string>>>;
