/** The mail to which a document is attached, in the document's language. */
import { pageWords, type BillingDocument } from "../documents";

export interface DocumentMail {
  readonly subject: string;
  readonly text: string;
  readonly fileName: string;
}

const words = {
  FR: { hello: "Bonjour,", attached: "est en pièce jointe, avec son XML (Factur-X).", colon: " :" },
  EN: { hello: "Hello,", attached: "is attached, with its XML (Factur-X).", colon: ":" },
} as const;

export function documentMail(document: BillingDocument): DocumentMail {
  const { title, facts, totals } = pageWords(document);
  const { hello, attached, colon } = words[document.language];
  const lines = [...facts, ...totals].map(([label, value]) => `${label}${colon} ${value}`);
  const text = [hello, "", `${title} ${attached}`, "", ...lines, "", document.seller.name, ""].join("\n");
  return { subject: `${title} – ${document.seller.name}`, text, fileName: `${document.name}.pdf` };
}
