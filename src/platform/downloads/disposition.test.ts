import fc from "fast-check";
import { dispositionOf, safeName } from "./disposition";

describe("the name of a downloaded file", () => {
  it("is kept when it is an ordinary name", () => {
    expect(dispositionOf("000000018FEC20271231.txt")).toBe('attachment; filename="000000018FEC20271231.txt"');
  });

  it.each([
    ['a".exe', "a_.exe"],
    ["../../etc/passwd", "_._.._etc_passwd"],
    ["a\r\nset-cookie: x", "a__set-cookie__x"],
    ["été.csv", "_t_.csv"],
    ["", "file"],
  ])("%j becomes %j", (name, safe) => {
    expect(safeName(name)).toBe(safe);
  });

  it("never ends the header, leaves the folder or hides the file", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        expect(safeName(name)).toMatch(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,119}$/);
      }),
    );
  });
});
