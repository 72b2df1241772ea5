/**
 * The kinds of settings as zod types, and the words that .env.example and the messages need for each setting.
 * A message repeats the value only if the value cannot be a secret.
 */
import { z } from "zod";
import { databaseRoles } from "../../platform/logins";
import { defaultPoolSizes } from "../../platform/pools";
import { isIban } from "../../shared/iban";
import { isSiren } from "../../shared/registration";
import { isXmlText } from "../../shared/xml-text";
import {
  contactFrom,
  databaseUrlFrom,
  dayFrom,
  listItems,
  isNetwork,
  keyRingFrom,
  mailAddressFrom,
  natsUrlFrom,
  poolSizesFrom,
  signingKeyFrom,
  smtpServerFrom,
  webAddressFrom,
  wholeNumberFrom,
} from "./formats";

export interface About {
  /** What the setting does, in sentences. */
  readonly description: string;
  readonly example?: string;
  /** The command that generates a value. */
  readonly command?: string;
  /** Completes "NAME is missing: …". */
  readonly missing?: string;
  /** Whether production needs it, ignores it or refuses to start with it. */
  readonly production?: "required" | "ignored" | "refused";
}

/** The description of each setting. */
export const about = z.registry<About>();

/** The parsed values of a group of settings. */
export type Read<T extends z.ZodRawShape> = z.output<z.ZodObject<T>>;

/** A setting that may be absent; it is null then. */
export const optional = <T>(kind: z.ZodType<T, string>) =>
  kind.optional().transform((value): T | null => value ?? null);

export const text = () =>
  kind(
    (value) => (isXmlText(value) ? value : null),
    () => "it contains characters that XML forbids",
  );

export const oneOf = <const T extends readonly string[]>(allowed: T) =>
  kind(
    (value) => allowed.find((one): one is T[number] => one === value) ?? null,
    (value) => `"${value}" is not one of ${allowed.join(", ")}`,
  );

export const onOff = () => oneOf(["on", "off"]).transform((value) => value === "on");

export const wholeNumber = (range: { min: number; max: number }) =>
  kind(
    (value) => wholeNumberFrom(value, range),
    (value) => `"${value}" is not a whole number from ${range.min} to ${range.max}`,
  );

export const databaseUrl = () =>
  kind(databaseUrlFrom, () => "it is not an address like postgres://user:password@host:5432/database");

export const secret = () =>
  kind(
    (value) => (value.length >= 16 ? value : null),
    () => "it is shorter than 16 characters",
  );

export const poolSizes = () =>
  kind(
    poolSizesFrom,
    (value) =>
      `"${value}" is not a list like supplier:8,worker:8 of ${databaseRoles.join(", ")} with a number from 2 to 200 each`,
  ).prefault(databaseRoles.map((role) => `${role}:${String(defaultPoolSizes[role])}`).join(","));

export const natsUrl = () =>
  kind(
    natsUrlFrom,
    () =>
      "it is not an address like nats://user:password@host:4222 (tls:// for an encrypted one), or several separated by commas",
  );

export const smtpServer = () =>
  kind(
    smtpServerFrom,
    () =>
      "it is not an address like smtps://user:password@mail.example.fr:465, or smtp:// with STARTTLS, without anything behind the port",
  );

export const mailAddress = () =>
  kind(mailAddressFrom, (value) => `"${value}" is not an address like envoi@leads.example.fr`);

export const contact = () =>
  kind(contactFrom, (value) => `"${value}" is neither a mail address nor an https:// address`);

export const webAddress = () =>
  kind(webAddressFrom, (value) => `"${value}" is not an address like https://leads.example.fr`);

export const keyRing = () =>
  kind(
    keyRingFrom,
    () =>
      "it is not 32 bytes in base64 (44 characters, the last one =), or several of them as 2:<new>,1:<old>, each with an id of its own from 1 to 9999",
  );

export const signingKey = () =>
  kind(signingKeyFrom, () => "it is not an Ed25519 private key as base64 of PKCS #8 DER");

export const siren = () =>
  kind(
    (value) => (isSiren(value) ? value : null),
    () => "it is not a SIREN, the nine digits of a company in the French register",
  );

export const platformId = () =>
  kind(
    (value) => (/^[A-Za-z0-9]{4}$/.test(value) ? value : null),
    () => "it is not the number of an approved platform, four letters or digits",
  );

export const calendarDay = () => kind(dayFrom, () => "it is not a day, written YYYY-MM-DD");

/** Separated by commas; an absent list is empty. */
export const list = () =>
  z
    .string()
    .transform((value): readonly string[] => Object.freeze(listItems(value)))
    .prefault("");

export const ibans = () =>
  list().superRefine((entries, context) => {
    const odd = entries.find((entry) => !isIban(entry));
    if (odd !== undefined) context.addIssue(`"${odd}" is not an IBAN`);
  });

export const networks = () =>
  list().superRefine((entries, context) => {
    const odd = entries.find((entry) => !isNetwork(entry));
    if (odd !== undefined) context.addIssue(`"${odd}" is not an IP address or network like 10.0.0.0/8`);
  });

function kind<T>(read: (value: string) => T | null, complaint: (value: string) => string) {
  return z.string().transform((value, context): T => {
    const found = read(value);
    if (found !== null) return found;
    context.addIssue(complaint(value));
    return z.NEVER;
  });
}
