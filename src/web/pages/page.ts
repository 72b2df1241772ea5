/** The layout of the static pages, which are written in both languages; the one that the browser asks for comes first.
 * The inline style is allowed by its hash, so nothing else can be injected.
 */
import { createHash } from "node:crypto";
import type { Language, Words } from "../../shared/language";

export interface Page {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

const style = `
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; background: #fff; }
code, pre { font-family: ui-monospace, monospace; background: #f2f4f6; }
pre { padding: .75rem; overflow-x: auto; }
a { color: #0b57d0; }
th, td { padding: .25rem 1.5rem .25rem 0; text-align: left; }
@media (prefers-color-scheme: dark) {
  body { color: #e6e8eb; background: #16181b; }
  code, pre { background: #24282d; }
  a { color: #8ab4f8; }
}
`;

const styleHash = createHash("sha256").update(style).digest("base64");

export type Pages = Readonly<Record<Language, Page>>;

/** `bodies` are sections, each with its `lang`. */
export const pages = (titles: Words, bodies: Words): Pages => ({
  FR: page("FR", titles.FR, `${bodies.FR}\n<hr>${bodies.EN}`),
  EN: page("EN", titles.EN, `${bodies.EN}\n<hr>${bodies.FR}`),
});

/** The first of our languages that an Accept-Language header names, by its order and weights; otherwise French. */
export function languageFor(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? "").split(",").map((part, index) => {
    const [tag = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
    const weight = Number(parameters.find((text) => text.startsWith("q="))?.slice(2) ?? "1");
    return { language: tag.split("-")[0], weight: Number.isNaN(weight) ? 0 : weight, index };
  });
  const [first] = wanted
    .filter(({ language, weight }) => weight > 0 && (language === "fr" || language === "en"))
    .sort((one, other) => other.weight - one.weight || one.index - other.index);
  return first?.language === "en" ? "EN" : "FR";
}

export function page(language: Language, title: string, body: string): Page {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>`;
  const lang = language.toLowerCase();
  return {
    html: `<!doctype html>\n<html lang="${lang}"><head>${head}<style>${style}</style></head><body>${body}\n</body></html>\n`,
    contentSecurityPolicy: `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}
