/** The page at "/": explains what CarAtlas is, names the products, and links to the rest. It loads nothing. */
import { products, type Language } from "../../reference/catalogue";
import { docsAddress } from "./docs";
import { pages } from "./page";
import { termsAddress } from "./terms";

const named = (language: Language): string =>
  products.map(({ label }) => `<li>${label[language]}</li>`).join("\n");

const french = `
<section lang="fr">
<h1>CarAtlas</h1>
<p>Une place de marché pour les demandes de particuliers en France. Une demande n’est transmise qu’aux fournisseurs que
la personne a vus par leur nom et acceptés, par les moyens de contact qu’elle a choisis. Elle peut revenir sur son accord
à tout moment.</p>
<h2>Les produits</h2>
<ul>${named("FR")}</ul>
<p><a href="/classement">Comment les demandes sont attribuées</a> : qui est montré, dans quel ordre, et le rôle du prix.</p>
<h2>Pour les fournisseurs et les développeurs</h2>
<ul>
<li><a href="${docsAddress}" hreflang="en">Documentation</a> (en anglais)</li>
<li><a href="${termsAddress}">Conditions des fournisseurs</a></li>
<li><a href="/graphql">GraphQL</a> : <code>POST /graphql</code>, et WebSocket à la même adresse
(<code>graphql-transport-ws</code>)</li>
<li>Exploitation : <a href="/healthz">/healthz</a>, <a href="/readyz">/readyz</a>, <a href="/metrics">/metrics</a></li>
</ul>
</section>`;

const english = `
<section lang="en">
<h1>CarAtlas</h1>
<p>A marketplace for people’s requests in France. A request reaches only the suppliers whom the person saw by name and
agreed to, by the means of contact they chose. They can take their consent back at any time.</p>
<h2>The products</h2>
<ul>${named("EN")}</ul>
<p><a href="/classement">How requests are shared out</a>: who is shown, in which order, and the part of the price.</p>
<h2>For suppliers and developers</h2>
<ul>
<li><a href="${docsAddress}">Documentation</a></li>
<li><a href="${termsAddress}">Terms for suppliers</a></li>
<li><a href="/graphql">GraphQL</a>: <code>POST /graphql</code>, and a WebSocket at the same address
(<code>graphql-transport-ws</code>)</li>
<li>Operations: <a href="/healthz">/healthz</a>, <a href="/readyz">/readyz</a>, <a href="/metrics">/metrics</a></li>
</ul>
</section>`;

export const homePages = pages({ FR: "CarAtlas", EN: "CarAtlas" }, { FR: french, EN: english });
