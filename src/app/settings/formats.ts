/** Reads the text of one setting. Each function returns null when the text does not have its format. */
import { createPrivateKey } from "node:crypto";
import { isIP } from "node:net";
import { databaseRoles } from "../../platform/logins";
import { defaultPoolSizes, type PoolSizes } from "../../platform/pools";
import type { SmtpServer } from "../../platform/mail/smtp.adapter";
import { firstKeyId, type KeyRing } from "../../platform/sealed/key-ring";
import { isDay } from "../../shared/days";

export function wholeNumberFrom(text: string, { min, max }: { min: number; max: number }): number | null {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return number >= min && number <= max ? number : null;
}

export function databaseUrlFrom(text: string): string | null {
  return ["postgres:", "postgresql:"].includes(urlFrom(text)?.protocol ?? "") ? text : null;
}

/** One server, or several of one cluster separated by commas. */
export function natsUrlFrom(text: string): string | null {
  return text.split(",").every((one) => isNatsAddress(one.trim())) ? text : null;
}

/** Returns the address without its trailing slash, so that a path can be appended. */
export function webAddressFrom(text: string): string | null {
  const url = urlFrom(text);
  const fits = url !== null && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "";
  return fits ? text.replace(/\/+$/, "") : null;
}

export function mailAddressFrom(text: string): string | null {
  return /^[\w.+-]{1,64}@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,63}$/.test(text) ? text : null;
}

/** A `mailto:` URI for a mail address; an https:// address is taken as it is. */
export function contactFrom(text: string): string | null {
  if (mailAddressFrom(text) !== null) return `mailto:${text}`;
  return urlFrom(text)?.protocol === "https:" ? text : null;
}

/** No path or query is accepted: an option there could switch off the protection of the connection. */
export function smtpServerFrom(text: string): SmtpServer | null {
  const url = /^smtps?:\/\/[^/?#]+\/?$/.test(text) ? urlFrom(text) : null;
  if (url === null || /%(?![0-9A-Fa-f]{2})/.test(url.username + url.password)) return null;
  const secure = url.protocol === "smtps:";
  const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  const port = Number(url.port) || (secure ? 465 : 587);
  return { host: url.hostname, port, secure, login: user === "" ? null : { user, password } };
}

/** 32 bytes in base64. */
export function secretKeyFrom(text: string): Buffer | null {
  return /^[A-Za-z0-9+/]{43}=$/.test(text) ? Buffer.from(text, "base64") : null;
}

/**
 * The keys of one use, separated by commas: `2:<base64>,1:<base64>`. The first one seals, the others open what they
 * sealed. A key without an id is key 1.
 */
export function keyRingFrom(text: string): KeyRing | null {
  const keys = new Map<number, Buffer>();
  const entries = text.split(",").map((entry) => entry.trim());
  for (const entry of entries) {
    const [, id = String(firstKeyId), encoded = ""] = /^(?:([1-9]\d{0,3}):)?(.*)$/.exec(entry) ?? [];
    const key = secretKeyFrom(encoded);
    if (key === null || keys.has(Number(id))) return null;
    keys.set(Number(id), key);
  }
  const [current = firstKeyId] = keys.keys();
  return { current, keys };
}

/** An Ed25519 private key as base64 of PKCS #8 DER. */
export function signingKeyFrom(text: string): Buffer | null {
  const der = Buffer.from(text, "base64");
  try {
    const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    return key.asymmetricKeyType === "ed25519" ? der : null;
  } catch {
    return null;
  }
}

/** `supplier:8,worker:8`: numbers from 2 to 200. The others keep their default. */
export function poolSizesFrom(text: string): PoolSizes | null {
  const entries = listItems(text).map((entry) => entry.split(":").map((part) => part.trim()));
  const sizes = entries.map(([role = "", size = "", ...more]) => {
    const isKnown = (databaseRoles as readonly string[]).includes(role) && more.length === 0;
    return [role, isKnown ? wholeNumberFrom(size, { min: 2, max: 200 }) : null] as const;
  });
  if (sizes.some(([, size]) => size === null)) return null;
  return Object.freeze({ ...defaultPoolSizes, ...Object.fromEntries(sizes) });
}

/** The entries of a list separated by commas. */
export const listItems = (text: string): string[] => text.split(",").flatMap((entry) => entry.trim() || []);

/** An IP address, or a network such as 10.0.0.0/8. */
export function isNetwork(text: string): boolean {
  const [address = "", prefix, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}

/** "YYYY-MM-DD" */
export function dayFrom(text: string): string | null {
  return text >= "2000" && isDay(text) ? text : null;
}

function urlFrom(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function isNatsAddress(text: string): boolean {
  const { protocol = "", hostname = "", username = "", password = "" } = urlFrom(text) ?? {};
  return ["nats:", "tls:"].includes(protocol) && hostname !== "" && isEncoded(username + password);
}

function isEncoded(text: string): boolean {
  try {
    return decodeURIComponent(text) !== "" || text === "";
  } catch {
    return false;
  }
}
