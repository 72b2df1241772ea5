/** The page that a browser sees at /graphql. It explains how to send requests; it is no console and runs no script. */
import { page } from "./page";

const request = `curl -s "$CARATLAS/graphql" \\
  -H "Content-Type: application/json" \\
  -H "Authorization: Bearer …" \\
  -d '{"query":"{ products { id } }"}'`;

export const graphqlPage = page(
  "FR",
  "CarAtlas – GraphQL",
  `
<section lang="fr">
<h1>GraphQL</h1>
<p>Envoyez vos requêtes en <code>POST</code> à cette adresse, en JSON, avec votre clé
(<code>CARATLAS</code> : cette adresse, sans <code>/graphql</code>) :</p>
<pre>${request}</pre>
<p>Les abonnements passent par un WebSocket à la même adresse, protocole <code>graphql-transport-ws</code>, avec
<code>{ "authorization": "Bearer …" }</code> dans <code>connection_init</code>.</p>
</section>
<hr>
<section lang="en">
<h1>GraphQL</h1>
<p>Send your requests by <code>POST</code> to this address, as JSON, with your key, as shown above (<code>CARATLAS</code>:
this address without <code>/graphql</code>). Subscriptions use a
WebSocket at the same address, protocol <code>graphql-transport-ws</code>, with
<code>{ "authorization": "Bearer …" }</code> in <code>connection_init</code>.</p>
</section>`,
);
