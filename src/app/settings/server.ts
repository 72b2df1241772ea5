/** How the server runs, where it listens and how it is reached. */
import { about, contact, networks, oneOf, onOff, optional, text, webAddress, wholeNumber } from "./kinds";

const environments = ["development", "test", "production"] as const;
const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

export const dataDir = text().prefault(".data").register(about, {
  description:
    "The folder of the embedded database, of generated keys and of demo.json. Only its owner can read it.",
});

export const serverSettings = (isProduction: boolean) => ({
  NODE_ENV: oneOf(environments)
    .prefault(isProduction ? "production" : "development")
    .register(about, {
      description:
        "development, test or production. Production has no demo data and no default keys: a missing or malformed setting stops the start, with one message that names all of them.",
    }),
  PUBLIC_URL: optional(webAddress()).register(about, {
    description: "The address at which people and suppliers reach this server.",
    example: "https://leads.example.fr",
    missing: "the address that people and suppliers reach this server at",
    production: "required",
  }),
  PORT: wholeNumber({ min: 0, max: 65_535 }).prefault("4000").register(about, {
    description: "The port to listen on; 0 picks a free one.",
  }),
  HOST: text().prefault("127.0.0.1").register(about, { description: "The address to listen on." }),
  DATA_DIR: dataDir,
  TRUSTED_PROXIES: networks().register(about, {
    description:
      "Addresses or networks of the proxies whose X-Forwarded-For is believed, separated by commas. Default: none.",
    example: "10.0.0.0/8",
  }),
  LOG_LEVEL: oneOf(logLevels)
    .prefault("info")
    .register(about, { description: `${logLevels.slice(0, -1).join(", ")} or silent.` }),
  INTROSPECTION: onOff()
    .prefault(isProduction ? "off" : "on")
    .register(about, {
      description:
        "on or off: whether clients may read the schema from the API. Default: off in production, on elsewhere.",
    }),
  SECURITY_CONTACT: optional(contact()).register(about, {
    description:
      "Where to report vulnerabilities: a mail address or an https:// page. It is published in /.well-known/security.txt, which answers 404 without it.",
    example: "security@leads.example.fr",
  }),
});

const perMinute = () => wholeNumber({ min: 1, max: 1_000_000 });

export const limitSettings = (isProduction: boolean) => ({
  LIMIT_FORM_PER_MINUTE: perMinute()
    .prefault(isProduction ? "60" : "6000")
    .register(about, {
      description:
        "Requests of a form that one client address may send per minute. Default: 60 in production, 6000 elsewhere.",
    }),
  LIMIT_SIGN_IN_PER_MINUTE: perMinute()
    .prefault(isProduction ? "10" : "600")
    .register(about, {
      description:
        "Sign-ins that one client address may try per minute. Default: 10 in production, 600 elsewhere.",
    }),
  LIMIT_INSIGHTS_PER_HOUR: perMinute()
    .prefault(isProduction ? "60" : "6000")
    .register(about, {
      description:
        "Questions that one supplier may ask per hour about leads it missed and campaigns it plans. A higher limit lets a supplier learn more by subtracting answers from one another: docs/insights.md. Default: 60 in production, 6000 elsewhere.",
    }),
  PREVIEW_MINUTES: wholeNumber({ min: 1, max: 1_440 }).prefault("30").register(about, {
    description: "Minutes in which a preview can be submitted.",
  }),
  SESSION_HOURS: wholeNumber({ min: 1, max: 720 }).prefault("12").register(about, {
    description: "Hours after which a session ends.",
  }),
});
