/**
 * Every setting of the program, read once from the environment. In production nothing is guessed: what is
 * missing or malformed stops the start with one message that names all of it.
 * Elsewhere a missing key is null here and made by keys.ts.
 */
import type { SmtpServer } from "../../platform/mail/smtp.adapter";
import type { StripeSettings } from "../../billing/payments/stripe.adapter";
import { billingOf, type BillingSettings } from "./billing-settings";
import { einvoicingOf, type EinvoicingSettings } from "./einvoicing-settings";
import { onboardingOf, type OnboardingSettings } from "./onboarding-settings";
import { SettingReader, type Environment } from "./setting-reader";

const environments = ["development", "test", "production"] as const;
const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

export interface Config {
  readonly nodeEnv: (typeof environments)[number];
  /** Null: the embedded PostgreSQL is started. */
  readonly databaseUrl: string | null;
  /** Who migrates. Null exactly if databaseUrl is. */
  readonly databaseOwnerUrl: string | null;
  /** Hints go by NATS instead of PostgreSQL; may hold credentials, so never log it. Null: by PostgreSQL. */
  readonly natsUrl: string | null;
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Null: the address that the server turns out to listen on. */
  readonly publicUrl: string | null;
  readonly demo: { readonly enabled: boolean; readonly trafficPerMinute: number };
  readonly masterKey: Buffer | null;
  readonly indexKey: Buffer | null;
  readonly tokenKey: Buffer | null;
  /** Ed25519, PKCS #8 DER. */
  readonly receiptKey: Buffer | null;
  readonly limits: {
    readonly formPerMinute: number;
    readonly signInPerMinute: number;
    readonly insightsPerHour: number;
  };
  /** Asked where a street address is. Null: nobody is asked. */
  readonly addressApiBase: string | null;
  readonly outbound: {
    /** Networks that suppliers' endpoints may stand in although they are not public. Not in production. */
    readonly allow: readonly string[];
    /** PEM of an authority whose certificates are believed beside the well-known ones. */
    readonly caFile: string | null;
    /** How long after its process was killed an endpoint is taken over by another. */
    readonly leaseSeconds: number;
  };
  /** Null: no mail is sent, and nobody can ask for one. */
  readonly mail: { readonly server: SmtpServer; readonly from: string } | null;
  readonly billing: BillingSettings;
  readonly onboarding: OnboardingSettings;
  readonly einvoicing: EinvoicingSettings | null;
  /** Null: nothing is collected by card or debit. */
  readonly stripe: StripeSettings | null;
  readonly previewMinutes: number;
  readonly sessionHours: number;
  /** Only what they say about a client's address is believed. */
  readonly trustedProxies: readonly string[];
  readonly introspection: boolean;
  readonly failpoints: string | null;
  readonly logLevel: (typeof logLevels)[number];
}

/** Everything that is wrong, in one message. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `CarAtlas cannot start with these settings:\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
    );
    this.name = "ConfigError";
  }
}

export const configOfProcess = (): Config => readConfig(process.env);

export function readConfig(environment: Environment): Config {
  const read = new SettingReader(environment);
  const nodeEnv = read.oneOf("NODE_ENV", environments, "development");
  if (nodeEnv === "production") demandAll(read);
  const config = assemble(read, nodeEnv);
  checkTogether(config, read);
  if (read.problems.length > 0) throw new ConfigError(read.problems);
  return config;
}

function assemble(read: SettingReader, nodeEnv: Config["nodeEnv"]): Config {
  const isDemo = nodeEnv !== "production";
  const databaseUrl = read.databaseUrl("DATABASE_URL");
  const trafficPerMinute = read.integer("DEMO_TRAFFIC", { fallback: 6, min: 0, max: 600 });
  const limit = (name: string, fallback: number): number =>
    read.integer(name, { fallback, min: 1, max: 1_000_000 });
  return Object.freeze({
    nodeEnv,
    databaseUrl,
    databaseOwnerUrl: read.databaseUrl("DATABASE_OWNER_URL") ?? databaseUrl,
    natsUrl: read.natsUrl("NATS_URL"),
    port: read.integer("PORT", { fallback: 4000, min: 0, max: 65_535 }),
    host: read.text("HOST") ?? "127.0.0.1",
    dataDir: read.text("DATA_DIR") ?? ".data",
    publicUrl: read.publicUrl("PUBLIC_URL"),
    demo: Object.freeze({ enabled: isDemo, trafficPerMinute: isDemo ? trafficPerMinute : 0 }),
    masterKey: read.key("MASTER_KEY"),
    indexKey: read.key("INDEX_KEY"),
    tokenKey: read.key("TOKEN_KEY"),
    receiptKey: read.signingKey("RECEIPT_KEY"),
    limits: Object.freeze({
      formPerMinute: limit("LIMIT_FORM_PER_MINUTE", isDemo ? 6_000 : 60),
      signInPerMinute: limit("LIMIT_SIGN_IN_PER_MINUTE", isDemo ? 600 : 10),
      insightsPerHour: limit("LIMIT_INSIGHTS_PER_HOUR", isDemo ? 6_000 : 60),
    }),
    addressApiBase: read.publicUrl("ADDRESS_API_BASE"),
    outbound: outboundOf(read),
    mail: mailOf(read),
    stripe: stripeOf(read),
    billing: billingOf(read, nodeEnv === "production"),
    onboarding: onboardingOf(read),
    einvoicing: einvoicingOf(read, nodeEnv === "production"),
    previewMinutes: read.integer("PREVIEW_MINUTES", { fallback: 30, min: 1, max: 1_440 }),
    sessionHours: read.integer("SESSION_HOURS", { fallback: 12, min: 1, max: 720 }),
    trustedProxies: Object.freeze(read.networks("TRUSTED_PROXIES")),
    introspection: read.flag("INTROSPECTION", isDemo),
    failpoints: read.text("FAILPOINTS"),
    logLevel: read.oneOf("LOG_LEVEL", logLevels, "info"),
  });
}

function stripeOf(read: SettingReader): Config["stripe"] {
  const names = ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"] as const;
  const [secretKey, webhookSecret] = names.map((name) => read.text(name));
  const address = read.publicUrl("STRIPE_API_BASE");
  if (secretKey == null && webhookSecret == null) return null;
  for (const name of names) read.demand(name, "Stripe's key and the secret of its events belong together");
  const webhookSecrets = (webhookSecret ?? "").split(",").flatMap((one) => one.trim() || []);
  const apiBase = address === null ? null : new URL(address);
  return Object.freeze({ secretKey: secretKey ?? "", webhookSecrets, apiBase });
}

const outboundOf = (read: SettingReader): Config["outbound"] =>
  Object.freeze({
    allow: Object.freeze(read.networks("OUTBOUND_ALLOW")),
    caFile: read.text("OUTBOUND_CA_FILE"),
    leaseSeconds: read.integer("DELIVERY_LEASE_SECONDS", { fallback: 30, min: 1, max: 45 }),
  });

function mailOf(read: SettingReader): Config["mail"] {
  const server = read.smtpServer("SMTP_URL");
  const from = read.mailAddress("MAIL_FROM");
  if (read.text("SMTP_URL") !== null) read.demand("MAIL_FROM", "the address that mails are sent from");
  return server && from !== null ? Object.freeze({ server, from }) : null;
}

function demandAll(read: SettingReader): void {
  const randomKey = "32 random bytes in base64, as `openssl rand -base64 32` prints them";
  read.demand("DATABASE_URL", "the address of a PostgreSQL 15 or newer");
  read.demand("MASTER_KEY", randomKey);
  read.demand("INDEX_KEY", randomKey);
  read.demand("TOKEN_KEY", randomKey);
  read.demand(
    "RECEIPT_KEY",
    "an Ed25519 key, as `openssl genpkey -algorithm ed25519 -outform DER | base64 -w0` prints it",
  );
  read.demand("PUBLIC_URL", "the address that people and suppliers reach this server at");
}

function unfitForProduction({ failpoints, addressApiBase, outbound, stripe }: Config): string[] {
  return [
    ...(outbound.allow.length === 0
      ? []
      : ["OUTBOUND_ALLOW: suppliers could have us knock at doors inside; it must not be set in production."]),
    ...(stripe?.apiBase
      ? ["STRIPE_API_BASE: payments would go elsewhere than to Stripe; it must not be set in production."]
      : []),
    ...(failpoints === null
      ? []
      : ["FAILPOINTS: it ends the process on purpose and must not be set in production."]),
    ...(addressApiBase?.startsWith("http:")
      ? ["ADDRESS_API_BASE: people's streets are only sent to an address that begins with https://."]
      : []),
  ];
}

/** What can only be judged by looking at more than one setting. */
function checkTogether(config: Config, read: SettingReader): void {
  const { problems } = read;
  if (config.nodeEnv === "production") problems.push(...unfitForProduction(config));
  if (read.text("DATABASE_OWNER_URL") !== null && read.text("DATABASE_URL") === null) {
    problems.push("DATABASE_OWNER_URL: it is of no use without DATABASE_URL; set both or none.");
  }
  const keys = [config.masterKey, config.indexKey, config.tokenKey].flatMap(
    (key) => key?.toString("hex") ?? [],
  );
  if (new Set(keys).size < keys.length) {
    problems.push("MASTER_KEY, INDEX_KEY, TOKEN_KEY: two of them are equal; each needs a value of its own.");
  }
}
