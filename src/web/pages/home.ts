/** The page at "/": explains what CarAtlas is, in French first, and links to the rest. It loads nothing. */
import { page } from "./page";

export const homePage = page(
  "CarAtlas",
  `
<section lang="fr">
<h1>CarAtlas</h1>
<p>Une place de marché pour les demandes de particuliers : voiture neuve, location, assurance auto, en France.
Une demande n’est transmise qu’aux fournisseurs que la personne a vus par leur nom et acceptés, par les moyens de
contact qu’elle a choisis. Elle peut revenir sur son accord à tout moment.</p>
<p><a href="/classement">Comment les demandes sont attribuées</a> : qui est montré, dans quel ordre, et le rôle du prix.</p>
<h2>Pour les développeurs</h2>
<ul>
<li><a href="/graphql">GraphQL</a> : <code>POST /graphql</code>, et WebSocket à la même adresse
(<code>graphql-transport-ws</code>)</li>
<li>Exploitation : <a href="/healthz">/healthz</a>, <a href="/readyz">/readyz</a>, <a href="/metrics">/metrics</a></li>
</ul>
</section>
<hr>
<section lang="en">
<h1>CarAtlas</h1>
<p>A marketplace for people’s requests: a new car, a lease, car insurance, in France. A request reaches only the
suppliers whom the person saw by name and agreed to, by the means of contact they chose. They can take their consent
back at any time.</p>
<p><a href="/classement" hreflang="en">How requests are shared out</a>: who is shown, in which order, and the part of the price.</p>
<h2>For developers</h2>
<ul>
<li><a href="/graphql">GraphQL</a>: <code>POST /graphql</code>, and a WebSocket at the same address
(<code>graphql-transport-ws</code>)</li>
<li>Operations: <a href="/healthz">/healthz</a>, <a href="/readyz">/readyz</a>, <a href="/metrics">/metrics</a></li>
</ul>
</section>`,
);
