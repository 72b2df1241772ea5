/**
 * The page that `termsUrl` names unless the operator publishes its own (SUPPLIER_TERMS_URL): the rules for suppliers
 * that the program itself applies. It does not replace a contract, and says so.
 */
import type { FastifyInstance } from "fastify";
import { pages, type Pages } from "./page";
import { showPages } from "./show";

export const termsAddress = "/conditions";

const escaped = (text: string): string => text.replaceAll(/[<&]/g, "");

const french = (version: string): string => `
<section lang="fr">
<h1>Conditions des fournisseurs, version ${escaped(version)}</h1>
<p>Voici les règles que ce logiciel applique. L’exploitant de ce serveur n’a pas indiqué d’adresse pour son propre
contrat&nbsp;: demandez-le-lui avant d’accepter.</p>
<ul>
<li>Vous payez chaque demande livrée, au prix de votre campagne le jour de la livraison, hors TVA, dans la limite de vos
plafonds et de votre solde.</li>
<li>Une demande n’est utilisée que pour y répondre, par les seuls moyens de contact que la personne a acceptés.</li>
<li>Quand la personne retire son accord, vous cessez de la contacter, vous effacez ses données et vous le confirmez dans
les 72 heures.</li>
<li>Une demande peut être rendue dans les 45 jours. Ce que nos enregistrements montrent est décidé aussitôt&nbsp;; le
reste l’est par une personne, en sept jours au plus.</li>
<li>Chacun de vos membres et chacune de vos clés agit en votre nom.</li>
</ul>
</section>`;

const english = (version: string): string => `
<section lang="en">
<h1>Terms for suppliers, version ${escaped(version)}</h1>
<p>These are the rules that this program applies. The operator of this server has given no address for a contract of its
own: ask for it before you accept.</p>
<ul>
<li>You pay for each lead that is delivered, at the price of your campaign on the day of delivery, excluding VAT, within
your caps and your balance.</li>
<li>A lead is used only to answer it, and only by the means of contact that the person accepted.</li>
<li>When the person withdraws consent, you stop contacting them, erase their data, and confirm it within 72 hours.</li>
<li>A lead can be returned within 45 days. What our records show is decided at once; people decide the rest within seven
days at most.</li>
<li>Each of your members and keys acts in your name.</li>
</ul>
</section>`;

export const termsPages = (version: string): Pages =>
  pages(
    { FR: "Conditions des fournisseurs – CarAtlas", EN: "Terms for suppliers – CarAtlas" },
    { FR: french(version), EN: english(version) },
  );

export function addTerms(app: FastifyInstance, version: string): void {
  const all = termsPages(version);
  app.get(termsAddress, async (request, reply) => showPages(all, request, reply));
}
