/**
 * The page behind a personal link: what a person asked for, who received it, and how to take consent back.
 * Static files that ask the public API from the browser. The token stands in the address's fragment, which no
 * browser sends, so nothing here ever knows whose page it serves.
 */
import type { FastifyInstance } from "fastify";
import { products, type Form, type Label, type Product } from "../../reference/catalogue";
import { readPageFile, serveFile, type FileKind } from "./files";

const address = "/ma-demande";
const assets = [
  "style.css",
  "parts.css",
  "main.mjs",
  "ask.mjs",
  "confirm.mjs",
  "elements.mjs",
  "history.mjs",
  "recipients.mjs",
  "request.mjs",
  "words.mjs",
  "words-en.mjs",
  "words-fr.mjs",
] as const;

/** Reads the files once: a missing one stops the start, not a person. */
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
  readonly unit: string | null;
  readonly options: Readonly<Record<string, Label>>;
}

/** Puts the words of the forms into the page, as data: an answer holds the value of an option, not its label. */
function withForms(html: string): string {
  const forms = Object.fromEntries(products.map((product) => [product.id, formWordsOf(product)]));
  // A label must not be able to end the block that it stands in.
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
  unit: unit ?? null,
  options: Object.fromEntries(options.map((option) => [option.value, option.label])),
});
