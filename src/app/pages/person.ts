/**
 * The page behind a personal link: what a person asked for, who received it, and how to take consent back.
 * Static files that ask the public API from the browser. The token stands in the address's fragment, which no
 * browser sends, so nothing here ever knows whose page it serves.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { FastifyInstance } from "fastify";
import { products, type Label, type Product } from "../../catalogue";

const address = "/ma-demande";
const folder = path.join(__dirname, "person");
const kinds = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
} as const;
type Kind = keyof typeof kinds;

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

// No inline script or style, nobody else's anything, and text can never become markup.
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/** Reads the files once: a missing one stops the start, not a person. */
export function addPersonPage(app: FastifyInstance): void {
  serve(app, { at: address, kind: "html", content: read("page.html") });
  for (const name of assets) {
    const kind = name.slice(name.lastIndexOf(".") + 1) as Kind;
    serve(app, { at: `${address}/${name}`, kind, content: read(name) });
  }
  serve(app, { at: `${address}/forms.mjs`, kind: "mjs", content: formsModule(products) });
}

const read = (name: string): string => readFileSync(path.join(folder, name), "utf8");

function serve(
  app: FastifyInstance,
  { at, kind, content }: { at: string; kind: Kind; content: string },
): void {
  app.get(at, async (_request, reply) => {
    if (kind === "html") void reply.header("content-security-policy", contentSecurityPolicy);
    return reply.type(kinds[kind]).send(content);
  });
}

interface FieldWords {
  readonly label: Label;
  readonly unit: string | null;
  readonly options: Readonly<Record<string, Label>>;
}

/** The words of the forms in both languages: an answer holds the value of an option, not its label. */
function formsModule(all: readonly Product[]): string {
  const forms = Object.fromEntries(
    all.map(({ id, label, form }) => [
      id,
      { label, fields: Object.fromEntries(form.fields.map((field) => [field.id, wordsOf(field)])) },
    ]),
  );
  return `export const forms = ${JSON.stringify(forms)};\n`;
}

const wordsOf = ({ label, unit, options = [] }: Product["form"]["fields"][number]): FieldWords => ({
  label,
  unit: unit ?? null,
  options: Object.fromEntries(options.map((option) => [option.value, option.label])),
});
