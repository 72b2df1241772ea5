/**
 * Renders a document as Factur-X: a human-readable PDF/A-3 with the machine-readable XML embedded. Fonts are
 * embedded, colours are sRGB, and nothing depends on the time of rendering, so the same document always gives
 * the same bytes.
 */
import { createHash } from "node:crypto";
import { AFRelationship, PDFArray, PDFDocument, PDFHexString, PDFName, PDFString } from "@cantoo/pdf-lib";
import * as fontkit from "fontkit";
import { ciiOf } from "./cii";
import type { BillingDocument } from "./document";
import { drawFirstPages } from "./first-pages.adapter";
import { pageWords } from "./page-words";
import { drawPages } from "./pages.adapter";
import { srgbProfile } from "./srgb";
import { xmlName, xmpOf } from "./xmp";

export async function facturX(document: BillingDocument): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const draw = document.layout === 2 ? drawPages : drawFirstPages;
  await draw(pdf, pageWords(document));
  const at = new Date(`${document.issuedOn}T00:00:00Z`);
  await pdf.attach(Buffer.from(ciiOf(document)), xmlName, {
    ...{ mimeType: "text/xml", description: document.name, afRelationship: AFRelationship.Alternative },
    ...{ creationDate: at, modificationDate: at },
  });
  describe(pdf, document, at);
  return pdf.save({ useObjectStreams: false });
}

/** Adds what PDF/A-3 requires besides the pages: metadata, the colour profile and a file identifier. */
function describe(pdf: PDFDocument, document: BillingDocument, at: Date): void {
  const { context, catalog } = pdf;
  pdf.setTitle(document.name);
  pdf.setAuthor(document.seller.name);
  pdf.setCreator("CarAtlas");
  pdf.setProducer("CarAtlas");
  pdf.setCreationDate(at);
  pdf.setModificationDate(at);
  pdf.setLanguage(document.language === "FR" ? "fr-FR" : "en-GB");
  const xmp = context.stream(Buffer.from(xmpOf(document)), { Type: "Metadata", Subtype: "XML" });
  catalog.set(PDFName.of("Metadata"), context.register(xmp));
  const profile = context.register(context.stream(srgbProfile(), { N: 3 }));
  const intent = context.obj({ Type: "OutputIntent", S: "GTS_PDFA1", DestOutputProfile: profile });
  intent.set(PDFName.of("OutputConditionIdentifier"), PDFString.of("sRGB"));
  catalog.set(PDFName.of("OutputIntents"), context.obj([context.register(intent)]));
  const id = PDFHexString.of(createHash("md5").update(JSON.stringify(document)).digest("hex"));
  const ids = PDFArray.withContext(context);
  ids.push(id);
  ids.push(id);
  context.trailerInfo.ID = ids;
}
