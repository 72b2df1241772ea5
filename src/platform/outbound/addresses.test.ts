import fc from "fast-check";
import { isPublic, mayConnectTo, networksOf } from "./addresses";
import { targetFault } from "./target";

const nothing = networksOf([]);

const inside = [
  "0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.255.255.254",
  "169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1",
  "192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.7 224.0.0.1 239.255.255.255 240.0.0.1",
  "255.255.255.255 192.31.196.1 192.175.48.1",
  ":: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:10.0.0.1 ::127.0.0.1 ::8.8.8.8 ::7f00:1",
  "64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:0:53aa:64c:0:0:0:1 2001:10::1 2001:20::1",
  "2001:db8::1 2002:7f00:1:: 2002:808:808::1 3fff::1 5f00::1 fc00::1 fd00::1 fd00:ec2::254 fe80::1 fe80::1%eth0",
  "fec0::1 ff02::1 ff0e::1",
].flatMap((line) => line.split(" "));

describe("mayConnectTo", () => {
  it.each(inside)("%s is not public", (address) => {
    expect(isPublic(address)).toBe(false);
    expect(mayConnectTo(address, nothing)).toBe(false);
  });

  it.each(["8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1", "192.0.1.1"])(
    "%s is public",
    (address) => expect(isPublic(address)).toBe(true),
  );
  it.each(["2a01:cb00::1", "2001:4860:4860::8888", "2606:4700:4700::1111", "2620:fe::fe"])(
    "%s is public",
    (address) => expect(isPublic(address)).toBe(true),
  );

  it.each([
    "",
    "localhost",
    "127.1",
    "0x7f000001",
    "2130706433",
    "8.8.8.8/32",
    "8.8.8.8:443",
    "[2a01:cb00::1]",
  ])("%j is not an IP address", (text) => expect(isPublic(text)).toBe(false));

  it("refuses IPv6 forms that embed a private IPv4 address", () => {
    const inner = fc.constantFrom(...inside.filter((one) => one.includes(".") && !one.includes(":")));
    fc.assert(
      fc.property(inner, fc.constantFrom("::ffff:", "::", "64:ff9b::", "64:ff9b:1::"), (address, prefix) => {
        expect(isPublic(prefix + address)).toBe(false);
      }),
    );
  });

  it("accepts addresses of the allowed networks and no other private ones", () => {
    const allowed = networksOf(["127.0.0.0/8", "fd12::/16", "10.1.2.3"]);
    for (const address of ["127.0.0.1", "127.8.8.8", "fd12::5", "10.1.2.3"])
      expect(mayConnectTo(address, allowed)).toBe(true);
    for (const address of ["10.1.2.4", "fd13::5", "::1", "169.254.169.254"])
      expect(mayConnectTo(address, allowed)).toBe(false);
  });
});

describe("targetFault", () => {
  it.each([
    "https://leads.example.fr/caratlas",
    "https://leads.example.fr:8443/a?token=b",
    "https://8.8.8.8/",
    "https://[2a01:cb00::1]:444/x",
    "https://xn--bcher-kva.example/",
  ])("accepts %s", (url) => expect(targetFault(url, nothing)).toBeNull());

  it.each([
    "http://leads.example.fr/",
    "HTTP://leads.example.fr/",
    "ftp://leads.example.fr/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "leads.example.fr",
    "//leads.example.fr",
    "https://",
    "https://user@leads.example.fr/",
    "https://user:secret@leads.example.fr/",
    "https://leads.example.fr/#part",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://0x7f.1/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://2130706433/",
    "https://017700000001/",
    "https://１２７.0.0.1/",
    "https://127。0。0。1/",
    "https://127.0.0.1./",
    "https://0/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[0:0:0:0:0:ffff:a9fe:a9fe]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://[fd00:ec2::254]/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "https://[2002:7f00:1::]/",
    "https://10.0.0.1:8443/",
    `https://leads.example.fr/${"a".repeat(2_000)}`,
  ])("refuses %s without repeating it", (url) => {
    const fault = targetFault(url, nothing);
    expect(fault).not.toBeNull();
    expect(fault).not.toMatch(/secret|aaaa|7f|169/);
  });
});
