/**
 * The page behind a personal link: what a person asked for, who received it, and how to withdraw consent. It consists
 * of static files that use the public API from the browser. The token is in the fragment of the URL, which browsers do
 * not send, so this code never learns whose page it serves.
 */
import type { FastifyInstance } from "fastify";
import { products, unitText, type Form, type Label, type Product } from "../../reference/catalogue";
import { readPageFile, serveFile, type FileKind } from "./files";

const address = "/ma-demande";
const assets = [
  "style.css",
  "parts.css",
  "main.mjs",
  "ask.mjs",
  "confirm.mjs",
  "history.mjs",
  "recipients.mjs",
  "request.mjs",
  "words.mjs",
  "words-en.mjs",
  "words-fr.mjs",
] as const;

/** Reads the files at the start, so that a missing file stops the start instead of failing a visitor. */
export function addPersonPage(app: FastifyInstance): void {
  serveFile(app, { at: address, kind: "html", content: withForms(read("page.html")) });
  for (const name of assets) {
    const kind = name.slice(name.lastIndexOf(".") + 1) as FileKind;
    serveFile(app, { at: `${address}/${name}`, kind, content: read(name) });
  }
}

const read = (name: string): string => readPageFile("person", name);

interface FieldWords {
  readonly label: Label;
  readonly unit: Label | null;
  readonly options: Readonly<Record<string, Label>>;
}

/** Embeds the labels of the forms in the page as data, because an answer contains an option's value, not its label. */
function withForms(html: string): string {
  const forms = Object.fromEntries(products.map((product) => [product.id, formWordsOf(product)]));
  // A label must not be able to close the script element.
  const data = JSON.stringify(forms).replaceAll("<", "\\u003c");
  return html.replace("</body>", () => `<script type="application/json" id="forms">${data}</script></body>`);
}

interface ProductWords {
  readonly label: Label;
  readonly versions: Readonly<Record<number, Readonly<Record<string, FieldWords>>>>;
}

export const formWordsOf = ({ label, forms }: Pick<Product, "label" | "forms">): ProductWords => ({
  label,
  versions: Object.fromEntries(
    forms.map(({ version, fields }) => [
      version,
      Object.fromEntries(fields.map((field) => [field.id, wordsOf(field)])),
    ]),
  ),
});

const wordsOf = ({ label, unit, options = [] }: Form["fields"][number]): FieldWords => ({
  label,
  unit: unit === undefined ? null : { FR: unitText(unit, "FR"), EN: unitText(unit, "EN") },
  options: Object.fromEntries(options.map((option) => [option.value, option.label])),
});
