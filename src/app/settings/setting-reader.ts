/**
 * Reads settings one by one and collects everything that is wrong with them, so that an operator mends
 * all of it at once. It knows kinds of values; which settings there are is config.ts. A secret's value is
 * never repeated.
 */
import { createPrivateKey } from "node:crypto";
import { isIP } from "node:net";
import type { SmtpServer } from "../../platform/mail/smtp.adapter";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Range {
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
}

export class SettingReader {
  readonly problems: string[] = [];

  constructor(private readonly environment: Environment) {}

  /** Trimmed; a setting that is empty was not set. */
  text(name: string): string | null {
    const value = this.environment[name]?.trim() ?? "";
    return value === "" ? null : value;
  }

  /** Says that it is missing, if it is. */
  demand(name: string, hint: string): void {
    if (this.text(name) === null) this.problems.push(`${name} is missing: ${hint}.`);
  }

  integer(name: string, { fallback, min, max }: Range): number {
    const value = this.text(name);
    if (value === null) return fallback;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    return this.wrong(name, `"${value}" is not a whole number from ${min} to ${max}`, fallback);
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const value = this.text(name);
    if (value === null) return fallback;
    const found = allowed.find((one) => one === value);
    return found ?? this.wrong(name, `"${value}" is not one of ${allowed.join(", ")}`, fallback);
  }

  flag(name: string, fallback: boolean): boolean {
    return this.oneOf(name, ["on", "off"], fallback ? "on" : "off") === "on";
  }

  databaseUrl(name: string): string | null {
    const value = this.text(name);
    if (value === null) return null;
    const known = ["postgres:", "postgresql:"].includes(urlOf(value)?.protocol ?? "");
    return known
      ? value
      : this.wrong(name, "it is not an address like postgres://user:password@host:5432/database", null);
  }

  /** One address, or several of one cluster separated by commas. */
  natsUrl(name: string): string | null {
    const value = this.text(name);
    if (value === null) return null;
    const known = value.split(",").every((one) => isNatsAddress(one.trim()));
    return known
      ? value
      : this.wrong(
          name,
          "it is not an address like nats://user:password@host:4222 (tls:// for an encrypted one), or several separated by commas",
          null,
        );
  }

  /** Anything that would weaken its protection has no place in the address. */
  smtpServer(name: string): SmtpServer | null {
    const value = this.text(name);
    if (value === null) return null;
    const found = smtpServerFrom(value);
    const example = "smtps://user:password@mail.example.fr:465, or smtp:// with STARTTLS";
    return (
      found ??
      this.wrong(name, `it is not an address like ${example}, without anything behind the port`, null)
    );
  }

  mailAddress(name: string): string | null {
    const value = this.text(name);
    if (value === null) return null;
    const plain = /^[\w.+-]{1,64}@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,63}$/.test(value);
    return plain ? value : this.wrong(name, `"${value}" is not an address like envoi@leads.example.fr`, null);
  }

  /** Without its last slash, so that a path can follow. */
  publicUrl(name: string): string | null {
    const value = this.text(name);
    if (value === null) return null;
    const url = urlOf(value);
    const fits = url !== null && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "";
    if (!fits) return this.wrong(name, `"${value}" is not an address like https://leads.example.fr`, null);
    return value.replace(/\/+$/, "");
  }

  /** 32 bytes in base64. */
  key(name: string): Buffer | null {
    const value = this.text(name);
    if (value === null) return null;
    const key = secretKeyFrom(value);
    return key ?? this.wrong(name, "it is not 32 bytes in base64 (44 characters, the last one =)", null);
  }

  signingKey(name: string): Buffer | null {
    const value = this.text(name);
    if (value === null) return null;
    return (
      signingKeyFrom(value) ??
      this.wrong(name, "it is not an Ed25519 private key as base64 of PKCS #8 DER", null)
    );
  }

  networks(name: string): string[] {
    const entries = (this.text(name) ?? "").split(",").map((entry) => entry.trim());
    const networks = entries.filter((entry) => entry !== "");
    const odd = networks.find((entry) => !isNetwork(entry));
    return odd === undefined
      ? networks
      : this.wrong(name, `"${odd}" is not an IP address or network like 10.0.0.0/8`, []);
  }

  private wrong<T>(name: string, what: string, instead: T): T {
    this.problems.push(`${name}: ${what}.`);
    return instead;
  }
}

export function secretKeyFrom(text: string): Buffer | null {
  return /^[A-Za-z0-9+/]{43}=$/.test(text) ? Buffer.from(text, "base64") : null;
}

export function signingKeyFrom(text: string): Buffer | null {
  const der = Buffer.from(text, "base64");
  try {
    const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    return key.asymmetricKeyType === "ed25519" ? der : null;
  } catch {
    return null;
  }
}

function smtpServerFrom(text: string): SmtpServer | null {
  const url = /^smtps?:\/\/[^/?#]+\/?$/.test(text) ? urlOf(text) : null;
  if (url === null || /%(?![0-9A-Fa-f]{2})/.test(url.username + url.password)) return null;
  const secure = url.protocol === "smtps:";
  const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  const port = Number(url.port) || (secure ? 465 : 587);
  return { host: url.hostname, port, secure, login: user === "" ? null : { user, password } };
}

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function isNatsAddress(text: string): boolean {
  const { protocol = "", hostname = "", username = "", password = "" } = urlOf(text) ?? {};
  return ["nats:", "tls:"].includes(protocol) && hostname !== "" && isEncoded(username + password);
}

function isEncoded(text: string): boolean {
  try {
    return decodeURIComponent(text) !== "" || text === "";
  } catch {
    return false;
  }
}

function isNetwork(text: string): boolean {
  const [address = "", prefix, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}
