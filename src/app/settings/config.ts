/**
 * Reads every setting of the server from the environment, once. Whatever is missing or malformed stops the
 * start with one message that names all of it, so that an operator can correct everything in one go.
 */
import type { StripeSettings } from "../../billing/payments/stripe.adapter";
import { CannotStart } from "../../platform/cannot-start";
import type { PoolSizes } from "../../platform/pools";
import type { KeyRing } from "../../platform/sealed/key-ring";
import { bankIbansOf, billingOf, type BillingSettings } from "./company";
import { einvoicingOf, type EinvoicingSettings } from "./einvoicing";
import { givenIn, type EnvironmentVariables } from "./environment";
import { onboardingOf, type OnboardingSettings } from "./onboarding";
import { conflictsIn, missingFrom } from "./rules";
import { settingsFor, type SettingTexts, type Values } from "./schema";
import { mailSettingsOf, outboundOf, stripeOf, type MailSettings, type OutboundSettings } from "./services";

export interface Config {
  readonly nodeEnv: Values["NODE_ENV"];
  /** null starts the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** The role that runs the migrations. null only if databaseUrl is null. */
  readonly databaseOwnerUrl: string | null;
  /** What the passwords of the logins are derived from. null takes the password in databaseUrl. */
  readonly databaseLoginSecret: string | null;
  readonly databasePools: PoolSizes;
  /** Hints are sent through NATS, or through PostgreSQL when this is null. May contain credentials, so never log it. */
  readonly natsUrl: string | null;
  /** 0 picks a free port. */
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** null means the address that the server listens on. */
  readonly publicUrl: string | null;
  /** A URI. When null, /.well-known/security.txt answers 404. */
  readonly securityContact: string | null;
  readonly demo: { readonly enabled: boolean; readonly trafficPerMinute: number };
  /** A key that is null is generated and kept by keys.ts; never in production. */
  readonly masterKey: KeyRing | null;
  readonly indexKey: KeyRing | null;
  readonly tokenKey: KeyRing | null;
  /** Ed25519, PKCS #8 DER. */
  readonly receiptKey: Buffer | null;
  readonly limits: {
    readonly formPerMinute: number;
    readonly signInPerMinute: number;
    readonly insightsPerHour: number;
  };
  /** The API that locates street addresses; null when addresses are not looked up. */
  readonly addressApiBase: string | null;
  readonly outbound: OutboundSettings;
  /** null when no mail is sent. */
  readonly mail: MailSettings | null;
  readonly billing: BillingSettings;
  /** The accounts whose bank statements are imported, without spaces. */
  readonly bankIbans: readonly string[];
  readonly onboarding: OnboardingSettings;
  /** null when documents are not sent to a platform. */
  readonly einvoicing: EinvoicingSettings | null;
  /** null when nothing is collected by card or direct debit. */
  readonly stripe: StripeSettings | null;
  readonly previewMinutes: number;
  readonly sessionHours: number;
  /** The proxies whose X-Forwarded-For is trusted. */
  readonly trustedProxies: readonly string[];
  readonly introspection: boolean;
  readonly failpoints: string | null;
  readonly logLevel: Values["LOG_LEVEL"];
}

/** Lists everything that is wrong with the settings in one message. */
export class ConfigError extends CannotStart {
  constructor(readonly problems: readonly string[]) {
    super(
      `CarAtlas cannot start with these settings:\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
    );
    this.name = "ConfigError";
  }
}

export const configOfProcess = (): Config => readConfig(process.env);

export function readConfig(environment: EnvironmentVariables): Config {
  const given: SettingTexts = givenIn(environment);
  const isProduction = given.NODE_ENV === "production";
  const { data, error } = settingsFor(isProduction).safeParse(given);
  const malformed = (error?.issues ?? []).map(({ path, message }) => ({ name: String(path[0]), message }));
  const problems = [
    ...malformed.map(({ name, message }) => `${name}: ${message}.`),
    ...missingFrom(given, isProduction),
    ...conflictsIn(given, without(given, new Set(malformed.map(({ name }) => name))), isProduction),
  ];
  if (data === undefined || problems.length > 0) throw new ConfigError(problems);
  return configOf(data);
}

const without = (given: SettingTexts, names: ReadonlySet<string>): SettingTexts =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !names.has(name)));

function configOf(values: Values): Config {
  const isDemo = values.NODE_ENV !== "production";
  return Object.freeze({
    nodeEnv: values.NODE_ENV,
    databaseUrl: values.DATABASE_URL,
    databaseOwnerUrl: values.DATABASE_OWNER_URL ?? values.DATABASE_URL,
    databaseLoginSecret: values.DATABASE_LOGIN_SECRET,
    databasePools: values.DATABASE_POOLS,
    natsUrl: values.NATS_URL,
    port: values.PORT,
    host: values.HOST,
    dataDir: values.DATA_DIR,
    publicUrl: values.PUBLIC_URL,
    securityContact: values.SECURITY_CONTACT ?? (isDemo ? "mailto:security@caratlas.example" : null),
    demo: Object.freeze({ enabled: isDemo, trafficPerMinute: isDemo ? values.DEMO_TRAFFIC : 0 }),
    masterKey: values.MASTER_KEY,
    indexKey: values.INDEX_KEY,
    tokenKey: values.TOKEN_KEY,
    receiptKey: values.RECEIPT_KEY,
    limits: Object.freeze({
      formPerMinute: values.LIMIT_FORM_PER_MINUTE,
      signInPerMinute: values.LIMIT_SIGN_IN_PER_MINUTE,
      insightsPerHour: values.LIMIT_INSIGHTS_PER_HOUR,
    }),
    addressApiBase: values.ADDRESS_API_BASE,
    outbound: outboundOf(values),
    mail: mailSettingsOf(values),
    stripe: stripeOf(values),
    billing: billingOf(values),
    bankIbans: bankIbansOf(values),
    onboarding: onboardingOf(values),
    einvoicing: einvoicingOf(values),
    previewMinutes: values.PREVIEW_MINUTES,
    sessionHours: values.SESSION_HOURS,
    trustedProxies: values.TRUSTED_PROXIES,
    introspection: values.INTROSPECTION,
    failpoints: values.FAILPOINTS,
    logLevel: values.LOG_LEVEL,
  });
}
