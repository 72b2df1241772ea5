/**
 * The published page on how requests are allocated: which suppliers are shown, in which order, whether the price plays
 * a part, and how many receive a request. Regulation (EU) 2019/1150, article 5, and code de la consommation, L.111-7,
 * require it. Its figures are computed from the program's own constants.
 */
import { defaultDuplicateWindowDays } from "../../offers/campaigns";
import { products, type Language, type Product } from "../../reference/catalogue";
import { waitHours } from "../../consumer/intake/new-lead";
import { pages } from "./page";
import { ruleNames, rulesInWords } from "./ranking-words";

export const rankingAddress = "/classement";

const rows = (language: Language, all: readonly Product[]): string =>
  all
    .map(
      ({ label, recipientsShown, seats, rankedBy }) =>
        `<tr><th scope="row">${label[language]}</th><td>${String(recipientsShown)}</td><td>${String(seats)}</td><td>${ruleNames[rankedBy][language]}</td></tr>`,
    )
    .join("\n");

const days = String(waitHours.longest / 24);
const hours = String(waitHours.usual);
const window = String(defaultDuplicateWindowDays);

const french = `
<section lang="fr">
<h1>Comment les demandes sont attribuées</h1>
<h2>Qui vous est montré</h2>
<p>Les fournisseurs dont une campagne en cours couvre votre lieu et dont les critères correspondent à vos réponses,
chacun une fois, dans l’ordre ci-dessous. Jamais leurs horaires, leurs plafonds ou leur solde&nbsp;: ceux-ci changent
d’heure en heure. Personne ne peut payer pour être montré autrement.</p>
<h2>Dans quel ordre</h2>
<p>Selon le produit, par l’une de ces règles, la même pour tous les fournisseurs. Dans chacune, le premier point qui
départage deux fournisseurs décide.</p>
${rulesInWords("FR", products)}
<h2>Qui reçoit votre demande</h2>
<p>Seulement un fournisseur que vous avez vu par son nom et coché, par les seuls moyens de contact que vous avez
acceptés. Parmi eux, dans le même ordre, ceux qui peuvent la prendre à ce moment&nbsp;: ouverts, dans la limite de leurs
plafonds et de leur solde, et qui ne vous ont pas déjà reçu pour le même produit depuis peu (${window} jours, sauf s’ils
en décident autrement) ni parmi leurs clients.</p>
<p>Au plus autant de fournisseurs que le tableau l’indique. Le premier qui la prend peut avoir demandé à être moins
nombreux, ou le seul. <strong>Si vous en cochez plusieurs, il se peut donc que certains ne la reçoivent pas.</strong>
Votre lien personnel vous dit lesquels l’ont reçue.</p>
<table>
<thead><tr><th scope="col">Produit</th><th scope="col">Montrés, au plus</th><th scope="col">La reçoivent, au plus</th><th scope="col">Règle</th></tr></thead>
<tbody>${rows("FR", products)}</tbody>
</table>
<p>Si personne ne peut la prendre aussitôt, elle attend&nbsp;: ${hours} heures, ou autant que vous l’avez dit, ${days}
jours au plus. Une demande prise en exclusivité n’est jamais revendue, même si elle est rendue. Une même demande répétée ne
compte qu’une fois.</p>
<h2>Vos droits</h2>
<p>Ce choix est automatique. De vous, il ne regarde que votre lieu, vos réponses et le fait qu’un fournisseur vous a déjà
reçu ou vous compte parmi ses clients. Vous pouvez
demander qu’une personne le revoie, ou vous y opposer, à l’adresse que donne la politique de confidentialité, et saisir
la CNIL (www.cnil.fr).</p>
</section>`;

const english = `
<section lang="en">
<h1>How requests are shared out</h1>
<h2>Who is shown to you</h2>
<p>Suppliers of which a running campaign covers your place and asks for answers such as yours, each once, in the order
below. Never by their hours, caps or balance, which change by the hour. Nobody can pay to be shown otherwise.</p>
<h2>In which order</h2>
<p>By one of these rules, depending on the product, the same for every supplier. In each, the first point that tells two
suppliers apart decides.</p>
${rulesInWords("EN", products)}
<h2>Who receives your request</h2>
<p>Only a supplier that you saw by name and ticked, and only by the means of contact you accepted. Among these, in the
same order, those that can take it at that moment: open, within their caps and balance, and that have not received you
for the same product a short while ago (${window} days, unless they decide otherwise) nor serve you already.</p>
<p>At most as many suppliers as the table says. The first that takes it may have asked to be fewer, or the only one.
<strong>So if you tick several, some may not receive it.</strong> Your personal link tells you which did.</p>
<table>
<thead><tr><th scope="col">Product</th><th scope="col">Shown, at most</th><th scope="col">Receive it, at most</th><th scope="col">Rule</th></tr></thead>
<tbody>${rows("EN", products)}</tbody>
</table>
<p>If nobody can take it at once, it waits: ${hours} hours, or as long as you said, at most ${days} days. A request that was taken exclusively is never sold again, even if it is given back. The same request made twice counts once.</p>
<h2>Your rights</h2>
<p>This choice is automatic. Of you it looks at your place, your answers, and whether a supplier received you before or
serves you already, and at nothing else. You can ask that a person look at
it, or object, at the address that the privacy policy gives, and turn to the CNIL (www.cnil.fr).</p>
</section>`;

export const rankingPages = pages(
  { FR: "Comment les demandes sont attribuées – CarAtlas", EN: "How requests are shared out – CarAtlas" },
  { FR: french, EN: english },
);
