/** The layout of the static pages. The inline style is allowed by its hash, so nothing else can be injected. */
import { createHash } from "node:crypto";

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

export function page(title: string, body: string): Page {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>`;
  return {
    html: `<!doctype html>\n<html lang="fr"><head>${head}<style>${style}</style></head><body>${body}\n</body></html>\n`,
    contentSecurityPolicy: `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}
