import fc from "fast-check";
import { isXmlText, withoutForbidden } from "./xml-text";

it.each(["\u0000", "\u0008", "\u000b", "\u001f", "\ufffe", "\uffff", "\ud800", "\udfff"])(
  "takes out %j, which XML forbids",
  (sign) => {
    expect(isXmlText(`Garage ${sign}`)).toBe(false);
    expect(withoutForbidden(`Ga${sign}rage`)).toBe("Garage");
  },
);

it.each(["a\tb\r\nc", "é", "買", "🚗", "\u007f", "\ufffd", "\u{10ffff}"])("keeps %j", (text) => {
  expect(isXmlText(text)).toBe(true);
  expect(withoutForbidden(text)).toBe(text);
});

it("leaves nothing that XML forbids, and changes nothing else", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const kept = withoutForbidden(text);
      expect(isXmlText(kept)).toBe(true);
      expect(isXmlText(text) ? kept : text.length > kept.length).toBe(isXmlText(text) ? text : true);
    }),
  );
});
