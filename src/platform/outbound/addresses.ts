/**
 * Which addresses we connect to when somebody else names them: public ones only. What stands behind a private,
 * a local or a metadata address would answer us because we are inside.
 */
import { isIP, BlockList } from "node:net";
import ipaddr from "ipaddr.js";

/** The unicast addresses that are given out to the public; all other IPv6 is something else. */
const globalIPv6 = ipaddr.IPv6.parseCIDR("2000::/3");
/** Inside it and not for the public: 6to4 and Teredo reach IPv4 addresses by another name. */
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

/** Networks that are allowed although they are not public: for development and tests. */
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
