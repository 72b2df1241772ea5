import { generateKeyPairSync, randomBytes } from "node:crypto";
import fc from "fast-check";
import { currentKeyOf, keyOf } from "../../platform/sealed/key-ring";
import { ConfigError, readConfig } from "./config";
import type { EnvironmentVariables } from "./environment";

const key = (): string => randomBytes(32).toString("base64");
const receiptKey = generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" });

const production: EnvironmentVariables = {
  NODE_ENV: "production",
  DATABASE_URL: "postgres://caratlas_login:secret@db.example.fr/caratlas",
  MASTER_KEY: key(),
  INDEX_KEY: key(),
  TOKEN_KEY: key(),
  RECEIPT_KEY: receiptKey.toString("base64"),
  PUBLIC_URL: "https://leads.example.fr/",
  COMPANY_NAME: "Essai SAS",
  COMPANY_LEGAL_FORM: "SAS au capital de 10 000 €",
  COMPANY_SIREN: "000000026",
  COMPANY_REGISTER: "RCS Essai",
  COMPANY_STREET: "1 rue de l'Essai",
  COMPANY_POSTCODE: "75000",
  COMPANY_CITY: "Essai",
};

function problemsOf(environment: EnvironmentVariables): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe("without any setting", () => {
  const config = readConfig({});

  it("is a demo on the embedded database, with wide limits", () => {
    expect(config).toEqual({
      nodeEnv: "development",
      addressApiBase: null,
      stripe: null,
      einvoicing: null,
      onboarding: {
        terms: { version: "2026-11", url: null },
        viesBase: "https://ec.europa.eu/taxation_customs/vies/rest-api",
      },
      billing: expect.objectContaining({
        ...{ onDebits: false, latePenaltyBasisPoints: 1240, paymentDays: 30 },
        seller: expect.objectContaining({ name: "CarAtlas Démonstration", siren: "000000018" }) as unknown,
      }) as unknown,
      bankIbans: ["FR7699999000010000000000115"],
      databaseUrl: null,
      databaseOwnerUrl: null,
      databaseLoginSecret: null,
      databasePools: { gate: 4, supplier: 8, sandbox: 3, person: 3, intake: 8, staff: 4, worker: 8 },
      natsUrl: null,
      port: 4000,
      host: "127.0.0.1",
      dataDir: ".data",
      publicUrl: null,
      securityContact: "mailto:security@caratlas.example",
      demo: { enabled: true, trafficPerMinute: 6 },
      masterKey: null,
      indexKey: null,
      tokenKey: null,
      receiptKey: null,
      limits: { formPerMinute: 6_000, signInPerMinute: 600, insightsPerHour: 6_000 },
      outbound: { allow: [], caFile: null, leaseSeconds: 30 },
      mail: null,
      previewMinutes: 30,
      sessionHours: 12,
      trustedProxies: [],
      introspection: true,
      failpoints: null,
      logLevel: "info",
    });
  });

  it("cannot be changed afterwards", () => {
    expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError);
    expect(() => Object.assign(config.demo, { enabled: false })).toThrow(TypeError);
    expect(() => Object.assign(config.limits, { formPerMinute: 1 })).toThrow(TypeError);
  });

  it("treats an empty setting as not set", () => {
    expect(readConfig({ PORT: "", DATABASE_URL: " ", NODE_ENV: "", MASTER_KEY: "" })).toEqual(config);
  });
});

describe("the company that sells the leads", () => {
  it("is invented when none of its settings is set, and needs all of them when one is", () => {
    expect(problemsOf({ COMPANY_NAME: "Essai SAS" })).toHaveLength(6);
    expect(problemsOf({ ...production, COMPANY_SIREN: "123456789" })).toEqual([
      "COMPANY_SIREN: it is not a SIREN, the nine digits of a company in the French register.",
    ]);
    expect(problemsOf({ ...production, COMPANY_NAME: "Essai \uffff" })).toEqual([
      "COMPANY_NAME: it contains characters that XML forbids.",
    ]);
    expect(readConfig(production).billing.seller).toMatchObject({ vatNumber: "FR90000000026", iban: null });
  });

  it("gives at most sixty days to pay", () => {
    expect(problemsOf({ ...production, PAYMENT_DAYS: "61" })).toHaveLength(1);
  });
});

describe("in production", () => {
  it("has no demo, narrow limits and no introspection", () => {
    const config = readConfig({ ...production, DEMO_TRAFFIC: "60" });
    expect(config.demo).toEqual({ enabled: false, trafficPerMinute: 0 });
    expect(config.limits).toEqual({ formPerMinute: 60, signInPerMinute: 10, insightsPerHour: 60 });
    expect(config.introspection).toBe(false);
    expect(config.publicUrl).toBe("https://leads.example.fr");
    expect(config.databaseOwnerUrl).toBe(production["DATABASE_URL"]);
    expect(config.receiptKey).toEqual(receiptKey);
    expect(config.masterKey && currentKeyOf(config.masterKey).toString("base64")).toBe(
      production["MASTER_KEY"],
    );
  });

  it("names every missing setting in one message", () => {
    const required = Object.keys(production).filter((name) => name !== "NODE_ENV");
    const message = problemsOf({ NODE_ENV: "production" }).join("\n");
    for (const name of required) expect(message).toContain(`${name} is missing`);
    expect(problemsOf({ NODE_ENV: "production" })).toHaveLength(required.length);
  });

  it("names a single missing setting", () => {
    for (const name of Object.keys(production).filter((setting) => setting !== "NODE_ENV")) {
      expect(problemsOf({ ...production, [name]: undefined })).toEqual([
        expect.stringMatching(`^${name} is missing`),
      ]);
    }
  });

  it("bounds the connections of each login, and keeps the default of those that are not listed", () => {
    const { databasePools } = readConfig({ DATABASE_POOLS: "supplier:20, worker:5" });
    expect(databasePools).toEqual({
      ...{ gate: 4, supplier: 20, sandbox: 3, person: 3 },
      ...{ intake: 8, staff: 4, worker: 5 },
    });
    for (const odd of ["suppliers:8", "supplier:1", "supplier:201", "supplier", "supplier:8:8"])
      expect(problemsOf({ DATABASE_POOLS: odd })).toEqual([expect.stringContaining("is not a list like")]);
    expect(problemsOf({ DATABASE_LOGIN_SECRET: "short" })).toHaveLength(1);
  });

  it("refuses a public address without TLS", () => {
    expect(problemsOf({ ...production, PUBLIC_URL: "http://leads.example.fr" })).toEqual([
      "PUBLIC_URL: people's data and keys only travel to an address that begins with https://.",
    ]);
    expect(readConfig({ PUBLIC_URL: "http://localhost:4000" }).publicUrl).toBe("http://localhost:4000");
  });

  it("must be named when others can reach the server, so that a forgotten setting opens no demo", () => {
    for (const open of [{ HOST: "0.0.0.0" }, { HOST: "::" }, { PUBLIC_URL: "https://leads.example.fr" }]) {
      expect(problemsOf(open)).toEqual([expect.stringMatching(/^NODE_ENV is missing: /)]);
      expect(problemsOf({ ...open, NODE_ENV: "development" })).toEqual([]);
    }
    for (const host of ["127.0.0.1", "::1", "localhost"]) expect(problemsOf({ HOST: host })).toEqual([]);
  });

  it("refuses failpoints and networks that are not public", () => {
    expect(problemsOf({ ...production, FAILPOINTS: "feed.after-send" })).toEqual([
      "FAILPOINTS: it ends the process on purpose and must not be set in production.",
    ]);
    expect(readConfig({ FAILPOINTS: "feed.after-send" }).failpoints).toBe("feed.after-send");
    expect(problemsOf({ ...production, OUTBOUND_ALLOW: "127.0.0.0/8" })).toEqual([
      "OUTBOUND_ALLOW: it lets suppliers reach addresses inside our network and must not be set in production.",
    ]);
    expect(readConfig({ OUTBOUND_ALLOW: "127.0.0.0/8" }).outbound.allow).toEqual(["127.0.0.0/8"]);
  });

  it("refuses another address than Stripe's only where Stripe is used", () => {
    const address = { ...production, STRIPE_API_BASE: "http://127.0.0.1:9" };
    expect(problemsOf(address)).toEqual([]);
    expect(problemsOf({ ...address, STRIPE_SECRET_KEY: "sk", STRIPE_WEBHOOK_SECRET: "whsec" })).toEqual([
      "STRIPE_API_BASE: it sends payments elsewhere than to Stripe and must not be set in production.",
    ]);
  });

  it("publishes no contact for vulnerabilities unless one is set", () => {
    expect(readConfig(production).securityContact).toBeNull();
    const contactOf = (contact: string) =>
      readConfig({ ...production, SECURITY_CONTACT: contact }).securityContact;
    expect(contactOf("security@leads.example.fr")).toBe("mailto:security@leads.example.fr");
    expect(contactOf("https://leads.example.fr/security")).toBe("https://leads.example.fr/security");
  });

  it("sends streets only over https", () => {
    const at = (address: string) => ({ ...production, ADDRESS_API_BASE: address });
    expect(problemsOf(at("http://adresses.example.fr"))).toEqual([
      "ADDRESS_API_BASE: people's streets are only sent to an address that begins with https://.",
    ]);
    expect(readConfig(at("https://adresses.example.fr/")).addressApiBase).toBe("https://adresses.example.fr");
    expect(readConfig({ ADDRESS_API_BASE: "http://127.0.0.1:9" }).addressApiBase).toBe("http://127.0.0.1:9");
  });

  it("refuses the same key for two uses", () => {
    expect(problemsOf({ ...production, INDEX_KEY: production["MASTER_KEY"] })).toEqual([
      "MASTER_KEY, INDEX_KEY, TOKEN_KEY: two of them are equal; each needs a value of its own.",
    ]);
    expect(problemsOf({ ...production, TOKEN_KEY: `2:${key()},1:${production["MASTER_KEY"]}` })).toHaveLength(
      1,
    );
  });
});

describe("a malformed setting", () => {
  it.each([
    ["PORT", "abc", 'PORT: "abc" is not a whole number from 0 to 65535.'],
    ["PORT", "65536", 'PORT: "65536" is not a whole number from 0 to 65535.'],
    ["PORT", "4e3", 'PORT: "4e3" is not a whole number from 0 to 65535.'],
    ["PORT", "-1", 'PORT: "-1" is not a whole number from 0 to 65535.'],
    ["NODE_ENV", "prodution", 'NODE_ENV: "prodution" is not one of development, test, production.'],
    ["LOG_LEVEL", "loud", 'LOG_LEVEL: "loud" is not one of fatal, error, warn, info, debug, trace, silent.'],
    ["INTROSPECTION", "yes", 'INTROSPECTION: "yes" is not one of on, off.'],
    ["DEMO_TRAFFIC", "6.5", 'DEMO_TRAFFIC: "6.5" is not a whole number from 0 to 600.'],
    ["LIMIT_FORM_PER_MINUTE", "0", 'LIMIT_FORM_PER_MINUTE: "0" is not a whole number from 1 to 1000000.'],
    [
      "PUBLIC_URL",
      "leads.example.fr",
      'PUBLIC_URL: "leads.example.fr" is not an address like https://leads.example.fr.',
    ],
    ["PUBLIC_URL", "ftp://a.fr", 'PUBLIC_URL: "ftp://a.fr" is not an address like https://leads.example.fr.'],
    [
      "TRUSTED_PROXIES",
      "10.0.0.0/8, here",
      'TRUSTED_PROXIES: "here" is not an IP address or network like 10.0.0.0/8.',
    ],
    [
      "TRUSTED_PROXIES",
      "10.0.0.0/33",
      'TRUSTED_PROXIES: "10.0.0.0/33" is not an IP address or network like 10.0.0.0/8.',
    ],
    [
      "SECURITY_CONTACT",
      "http://a.fr",
      'SECURITY_CONTACT: "http://a.fr" is neither a mail address nor an https:// address.',
    ],
    ...["c2hvcnQ=", `0:${key()}`, `10000:${key()}`, `2:${key()},`, `1:${key()},${key()}`].map(
      (value): [string, string, string] => [
        "MASTER_KEY",
        value,
        "MASTER_KEY: it is not 32 bytes in base64 (44 characters, the last one =), or several of them as 2:<new>,1:<old>, each with an id of its own from 1 to 9999.",
      ],
    ),
    ["RECEIPT_KEY", "c2hvcnQ=", "RECEIPT_KEY: it is not an Ed25519 private key as base64 of PKCS #8 DER."],
    [
      "DATABASE_URL",
      "mysql://u:secret@h/d",
      "DATABASE_URL: it is not an address like postgres://user:password@host:5432/database.",
    ],
    ...["http://h:4222", "nats://", "nats://h:4222,", "nats://u:%zz@h"].map(
      (address): [string, string, string] => [
        "NATS_URL",
        address,
        "NATS_URL: it is not an address like nats://user:password@host:4222 (tls:// for an encrypted one), or several separated by commas.",
      ],
    ),
  ])("%s=%s is refused", (name, value, problem) => {
    expect(problemsOf({ [name]: value })).toEqual([problem]);
  });

  it("is named together with all other problems", () => {
    const problems = problemsOf({ ...production, PORT: "abc", TOKEN_KEY: "short", PUBLIC_URL: undefined });
    expect(problems.map((problem) => problem.split(/[: ]/)[0]).sort()).toEqual([
      "PORT",
      "PUBLIC_URL",
      "TOKEN_KEY",
    ]);
  });

  it("is an owner's address without the server's address", () => {
    expect(problemsOf({ DATABASE_OWNER_URL: "postgres://o@h/d" })).toEqual([
      "DATABASE_OWNER_URL: it is of no use without DATABASE_URL; set both or none.",
    ]);
    expect(problemsOf({ DATABASE_OWNER_URL: "postgres://o@h/d", DATABASE_URL: "mysql://h/d" })).toHaveLength(
      1,
    );
  });

  it("is not repeated in the message when it is a secret", () => {
    const secrets = [
      "MASTER_KEY",
      "INDEX_KEY",
      "TOKEN_KEY",
      "RECEIPT_KEY",
      "DATABASE_URL",
      "DATABASE_OWNER_URL",
      "NATS_URL",
    ];
    const secret = fc.stringMatching(/^[A-Za-z0-9]{12,60}$/);
    fc.assert(
      fc.property(fc.constantFrom(...secrets), secret, (name, value) => {
        const problems = problemsOf({ ...production, [name]: value });
        expect(problems).toHaveLength(1);
        expect(problems.join()).not.toContain(value);
      }),
    );
  });
});

it("refuses an RSA key as the receipt key", () => {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({
    format: "der",
    type: "pkcs8",
  });
  expect(problemsOf({ RECEIPT_KEY: rsa.toString("base64") })).toHaveLength(1);
});

it("reads several keys of one use, of which the first one seals", () => {
  const [first, second, third] = [key(), key(), key()];
  const { masterKey, indexKey } = readConfig({
    MASTER_KEY: `3:${third}, 2:${second},${first}`,
    INDEX_KEY: `7:${key()}`,
  });
  expect([masterKey?.current, indexKey?.current]).toEqual([3, 7]);
  const texts = [1, 2, 3].map((id) => masterKey && keyOf(masterKey, id).toString("base64"));
  expect(texts).toEqual([first, second, third]);
});

it("accepts one NATS server or several of a cluster, with or without password and encryption", () => {
  for (const url of [
    "nats://h",
    "nats://u:p%2Cw@h:4222",
    "tls://token@a.example:4222, tls://b.example:4222",
  ]) {
    expect(readConfig({ NATS_URL: url }).natsUrl).toBe(url);
  }
});

it("reads lists, flags and numbers", () => {
  const config = readConfig({
    TRUSTED_PROXIES: "10.0.0.0/8, 2001:db8::1",
    INTROSPECTION: "off",
    DEMO_TRAFFIC: "0",
    PORT: "0",
    SESSION_HOURS: "24",
    PREVIEW_MINUTES: "5",
    LIMIT_FORM_PER_MINUTE: "7",
    LIMIT_SIGN_IN_PER_MINUTE: "8",
    LIMIT_INSIGHTS_PER_HOUR: "9",
  });
  expect(config.trustedProxies).toEqual(["10.0.0.0/8", "2001:db8::1"]);
  expect(config.introspection).toBe(false);
  expect(config.demo.trafficPerMinute).toBe(0);
  expect([config.port, config.sessionHours, config.previewMinutes]).toEqual([0, 24, 5]);
  expect(config.limits).toEqual({ formPerMinute: 7, signInPerMinute: 8, insightsPerHour: 9 });
});

it("needs a sender for the mail server, and both settings of Stripe", () => {
  expect(problemsOf({ SMTP_URL: "smtp://mail.example.fr" })).toEqual([
    "MAIL_FROM is missing: the address that mails are sent from.",
  ]);
  expect(problemsOf({ SMTP_URL: "smtp://h:25?tls=no", MAIL_FROM: "envoi@leads.example.fr" })).toEqual([
    "SMTP_URL: it is not an address like smtps://user:password@mail.example.fr:465, or smtp:// with STARTTLS, without anything behind the port.",
  ]);
  expect(problemsOf({ STRIPE_WEBHOOK_SECRET: "whsec" })).toEqual([
    "STRIPE_SECRET_KEY is missing: Stripe's key and the secret of its events belong together.",
  ]);
  const stripe = readConfig({ STRIPE_SECRET_KEY: "sk", STRIPE_WEBHOOK_SECRET: "new, old" }).stripe;
  expect(stripe).toEqual({ secretKey: "sk", webhookSecrets: ["new", "old"], apiBase: null });
});
