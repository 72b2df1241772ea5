/** Checks the form of a URL that others gave us. The addresses of its host name are checked at each request. */
import { isIP, type BlockList } from "node:net";
import { mayConnectTo } from "./addresses";

const longest = 2_000;

/** Says what is wrong with the URL without repeating it, or returns null. */
export function targetFault(text: string, allowed: BlockList): string | null {
  if (text.length > longest) return `it has more than ${String(longest)} characters`;
  if (!URL.canParse(text)) return "it is no address like https://leads.example.fr/caratlas";
  const url = new URL(text);
  return formFault(url) ?? literalFault(url, allowed);
}

function formFault({ protocol, username, password, hash }: URL): string | null {
  if (protocol !== "https:") return "it must begin with https://";
  if (username + password !== "") return "it must not hold a user name or a password";
  return hash === "" ? null : "it must not hold a #fragment";
}

function literalFault(url: URL, allowed: BlockList): string | null {
  const literal = literalOf(url);
  const isInside = literal !== null && !mayConnectTo(literal, allowed);
  return isInside ? "it names an address that is not public" : null;
}

/** The host if it is an IP address, else null. URL has already normalized unusual spellings. */
export function literalOf({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return isIP(bare) === 0 ? null : bare;
}
