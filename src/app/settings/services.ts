/** The external services that the server uses: mail, Stripe, the address base, and suppliers' endpoints. */
import type { StripeSettings } from "../../billing/payments/stripe.adapter";
import type { SmtpServer } from "../../platform/mail/smtp.adapter";
import {
  about,
  list,
  mailAddress,
  networks,
  optional,
  smtpServer,
  text,
  webAddress,
  wholeNumber,
  type Read,
} from "./kinds";

export interface OutboundSettings {
  /** Networks that are not public and that suppliers' endpoints may nevertheless be in. Empty in production. */
  readonly allow: readonly string[];
  /** A PEM file with a certificate authority that is trusted in addition to the well-known ones. */
  readonly caFile: string | null;
  /** How many seconds after a server was killed another server takes over its endpoints. */
  readonly leaseSeconds: number;
}

export interface MailSettings {
  readonly server: SmtpServer;
  readonly from: string;
}

export const mailSettings = {
  SMTP_URL: optional(smtpServer()).register(about, {
    description:
      "The mail server for mails to suppliers: smtps://user:password@host:465, or smtp:// on port 587, where STARTTLS is required. Its certificate is verified, also against OUTBOUND_CA_FILE. Nothing may follow the port. Default: no mail is sent, and endpoints of the kinds EMAIL, ADF_MAIL and ADF_HTTP cannot be created.",
    example: "smtps://user:password@mail.example.fr:465",
  }),
  MAIL_FROM: optional(mailAddress()).register(about, {
    description: "The address that mails are sent from. Needed with SMTP_URL.",
    example: "envoi@leads.example.fr",
    missing: "the address that mails are sent from",
  }),
};

const together = "Stripe's key and the secret of its events belong together";

export const stripeSettings = {
  STRIPE_SECRET_KEY: optional(text()).register(about, {
    description:
      "Stripe's secret key, for cards and debits. Set it together with STRIPE_WEBHOOK_SECRET or not at all.",
    missing: together,
  }),
  STRIPE_WEBHOOK_SECRET: list().register(about, {
    description:
      "The secret of the events that Stripe sends to PUBLIC_URL/stripe/events (payment_intent.*, setup_intent.succeeded, charge.dispute.*, refund.*, payout.*). During a rotation, the old and the new secret, separated by a comma.",
    missing: together,
  }),
  STRIPE_API_BASE: optional(webAddress()).register(about, {
    description: "An address to use instead of Stripe's, for tests.",
    example: "http://127.0.0.1:12111",
    production: "refused",
  }),
};

export const stripeNames = ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"] as const;

export const outboundSettings = {
  DELIVERY_LEASE_SECONDS: wholeNumber({ min: 1, max: 45 }).prefault("30").register(about, {
    description:
      "Seconds after which an endpoint that a killed server was sending to is taken over by another server, at most 45.",
  }),
  OUTBOUND_CA_FILE: optional(text()).register(about, {
    description:
      "A PEM file with a certificate authority that is trusted, in addition to the well-known ones, for suppliers' endpoints and for our mail server.",
    example: "/etc/caratlas/ca.pem",
  }),
  OUTBOUND_ALLOW: networks().register(about, {
    description:
      "Networks that are not public and that suppliers' endpoints may nevertheless be in, separated by commas.",
    example: "127.0.0.0/8",
    production: "refused",
  }),
  ADDRESS_API_BASE: optional(webAddress()).register(about, {
    description:
      "The API of the national address base. It locates street addresses, so that zones drawn as circles and polygons are matched exactly; streets are sent to it. Default: addresses are not looked up.",
    example: "https://api-adresse.data.gouv.fr",
  }),
};

export const outboundOf = (values: Read<typeof outboundSettings>): OutboundSettings =>
  Object.freeze({
    allow: values.OUTBOUND_ALLOW,
    caFile: values.OUTBOUND_CA_FILE,
    leaseSeconds: values.DELIVERY_LEASE_SECONDS,
  });

export function mailSettingsOf({
  SMTP_URL: server,
  MAIL_FROM: from,
}: Read<typeof mailSettings>): MailSettings | null {
  return server !== null && from !== null ? Object.freeze({ server, from }) : null;
}

export function stripeOf(values: Read<typeof stripeSettings>): StripeSettings | null {
  const {
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: webhookSecrets,
    STRIPE_API_BASE: address,
  } = values;
  if (secretKey === null) return null;
  return Object.freeze({ secretKey, webhookSecrets, apiBase: address === null ? null : new URL(address) });
}
