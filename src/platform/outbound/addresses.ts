/**
 * Protects against server-side request forgery: connections to URLs from outside may only go to public addresses.
 * Services at private, local or metadata addresses trust us because we are inside the network.
 */
import { isIP, BlockList } from "node:net";
import ipaddr from "ipaddr.js";

/** The global unicast range. No other IPv6 address is public. */
const globalIPv6 = ipaddr.IPv6.parseCIDR("2000::/3");
/** Ranges inside it that are not public. 6to4 and Teredo, for example, embed IPv4 addresses. */
const neverIPv6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"].map((net) =>
  ipaddr.IPv6.parseCIDR(net),
);

export function isPublic(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  if (!(parsed instanceof ipaddr.IPv6)) return true;
  return parsed.match(globalIPv6) && !neverIPv6.some((net) => parsed.match(net));
}

/** Networks that are allowed although they are not public, for development and tests. */
export function networksOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", prefix] = network.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    list.addSubnet(address, Number(prefix ?? (family === "ipv6" ? 128 : 32)), family);
  }
  return list;
}

export function mayConnectTo(address: string, allowed: BlockList): boolean {
  return isPublic(address) || allowed.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
