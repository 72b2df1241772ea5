import { PDFDocument, PDFName, PDFRawStream, decodePDFRawStream } from "@cantoo/pdf-lib";
import { aDocument } from "../../../test/support/documents";
import { ciiOf } from "./cii";
import { facturX } from "./factur-x.adapter";
import { money, pageWords } from "./page-words";
import { srgbProfile } from "./srgb";

const streamsIn = (pdf: PDFDocument): PDFRawStream[] =>
  pdf.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => (object instanceof PDFRawStream ? [object] : []));
const textOf = (stream: PDFRawStream): string =>
  Buffer.from(decodePDFRawStream(stream).decode()).toString("utf8");

describe("a Factur-X file", () => {
  const document = aDocument();

  it("embeds the XML as factur-x.xml, declared as an alternative of the page", async () => {
    const pdf = await PDFDocument.load(await facturX(document), { updateMetadata: false });
    const [attachment] = pdf.getAttachments();
    expect(attachment).toMatchObject({
      name: "factur-x.xml",
      mimeType: "text/xml",
      afRelationship: "Alternative",
    });
    expect(Buffer.from(attachment?.data ?? []).toString()).toBe(ciiOf(document));
    expect(pdf.catalog.get(PDFName.of("AF"))).toBeDefined();
  });

  it("declares PDF/A-3B and Factur-X, and has a colour profile, a file identifier and embedded fonts", async () => {
    const bytes = Buffer.from(await facturX(document)).toString("latin1");
    const pdf = await PDFDocument.load(await facturX(document), { updateMetadata: false });
    const xmp = streamsIn(pdf)
      .map(textOf)
      .find((text) => text.includes("xmpmeta"));
    expect(xmp).toContain("<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>");
    expect(xmp).toContain("<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>");
    expect(bytes).toContain("/GTS_PDFA1");
    expect(bytes).toMatch(/\/ID \[ ?<[0-9a-f]{32}>/i);
    const described = bytes.match(/\/Type \/FontDescriptor/g)?.length ?? 0;
    expect(described).toBeGreaterThan(0);
    expect(bytes.match(/\/FontFile[23]? /g)?.length).toBe(described);
    expect(bytes).not.toContain("/Type1");
    expect(bytes).not.toContain("/Encrypt");
  });

  it("is rendered to the same bytes every time", async () => {
    expect(Buffer.from(await facturX(document)).equals(Buffer.from(await facturX(document)))).toBe(true);
  });

  it("continues on further pages and replaces characters that the font lacks", async () => {
    const line = {
      label: "Mise en relation 買 : voiture neuve, un nom bien trop long pour tenir sur une ligne",
      quantity: 1,
      unitCents: 1,
      netCents: 1,
    };
    const pdf = await PDFDocument.load(
      await facturX(aDocument({ lines: Array.from({ length: 90 }, () => line) })),
    );
    expect(pdf.getPageCount()).toBeGreaterThan(2);
  });
});

describe("the page", () => {
  it("contains the statements required by law, in the supplier's language", () => {
    const all = (document: Parameters<typeof pageWords>[0]): string => JSON.stringify(pageWords(document));
    const french = all(aDocument());
    for (const words of [
      "Facture F2026-000001",
      "SAS au capital de 10 000 €",
      "RCS Essai 000000018",
      "SIREN 000000026",
    ]) {
      expect(french).toContain(words);
    }
    expect(french).toContain("40 €");
    expect(french).toContain("31/12/2026");
    expect(all(aDocument({ language: "EN" }))).toContain("Invoice F2026-000001");
    expect(all(aDocument({ treatment: "REVERSE_CHARGE", vatCents: 0 }))).toContain("Autoliquidation");
    expect(
      all(aDocument({ kind: "CREDIT_NOTE", corrects: [{ name: "F2026-000009", issuedOn: "2026-11-01" }] })),
    ).toContain("F2026-000009 (01/11/2026)");
  });

  it.each([
    [123_456_789, "1\u00a0234\u00a0567,89\u00a0€", "€1,234,567.89"],
    [-5, "-0,05\u00a0€", "-€0.05"],
  ])("formats %i cents for its language", (cents, french, english) => {
    expect([money(cents, "FR"), money(cents, "EN")]).toEqual([french, english]);
  });
});

it("starts the colour profile with its own length", () => {
  const profile = Buffer.from(srgbProfile());
  expect(profile.readUInt32BE(0)).toBe(profile.length);
  expect(profile.toString("latin1", 36, 40)).toBe("acsp");
});
