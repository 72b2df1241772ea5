/** A document is rendered as it was issued, to the byte, whatever changes in later ones. */
import { createHash } from "node:crypto";
import { aDocument, documentsOfEachKind as kinds } from "../../../test/support/documents";
import { ciiOf } from "./cii";
import { facturX } from "./factur-x.adapter";

const digest = (bytes: Uint8Array | string): string =>
  createHash("sha256").update(bytes).digest("hex").slice(0, 16);

const line = {
  label: "Mise en relation 買 : voiture neuve, un nom bien trop long pour tenir sur une ligne",
  ...{ quantity: 1, unitCents: 1, netCents: 1 },
};
const manyLines = aDocument({ lines: Array.from({ length: 90 }, () => line) });

it.each([
  ["invoice", kinds.invoice, "2281eaa1f52fc24a", "f9151b0c1cd37d34"],
  ["invoice in English", kinds["invoice in English, on debits"], "7f1d33e2e85f0dcd", "104e1ce3088eb6f3"],
  ["final invoice", kinds["final invoice of deposits"], "69fd81a3fd3d929f", "c0631f6c2c16154b"],
  [
    ...(["deposit invoice", kinds["deposit invoice issued before December 2026"]] as const),
    ...(["1e4eda0510393cf1", "ca9a10c7efb59d33"] as const),
  ],
  ["credit note", kinds["credit note for leads"], "4d96bc3d9fd3ed93", "564597f8bb7099b0"],
  ["invoice of many lines", manyLines, "880446d9f4e3a685", "c7ebe194e3535b94"],
])("renders an %s as before", async (_, document, xml, pdf) => {
  expect([digest(ciiOf(document)), digest(await facturX(document))]).toEqual([xml, pdf]);
});
