/**
 * The consent declaration of the product "new car". Its text is part of the proof of consent, so any change to it is a
 * new version of the form.
 */
import { type ConsentDeclaration } from "../form";

const french: ConsentDeclaration = {
  language: "FR",
  text: [
    "Votre demande est destinée aux fournisseurs nommés ci-dessous. Seuls ceux que vous cochez la recevront, uniquement par les moyens (téléphone, SMS, e-mail) que vous cochez pour chacun d'eux, et trois d'entre eux au plus.",
    "Vous ne serez appelé que si vous cochez le téléphone : sans votre consentement préalable, le démarchage téléphonique est interdit (article L.223-1 du code de la consommation).",
    "Cette demande ne vous engage à aucun achat.",
    "Vous pouvez retirer votre consentement à tout moment, en tout ou en partie, aussi simplement que vous l'avez donné : par le lien personnel que vous recevez. Les fournisseurs concernés en sont aussitôt informés.",
    "CarAtlas, responsable du traitement, conserve votre demande six mois au plus, puis l'efface. La preuve de votre consentement est conservée ensuite sans votre identité.",
    "Vous disposez des droits d'accès, de rectification, d'effacement, de limitation, d'opposition et de portabilité, que vous exercez auprès de CarAtlas ; le lien personnel vous montre ce qui est conservé et qui l'a reçu. Vous pouvez aussi adresser une réclamation à la CNIL (www.cnil.fr).",
  ].join("\n\n"),
  purposes: [
    {
      purpose: "TRANSMIT",
      text: "J'accepte que CarAtlas transmette ma demande et mes coordonnées au fournisseur nommé, pour qu'il me contacte au sujet de cette demande par les moyens que j'ai cochés.",
    },
    {
      purpose: "QUALIFICATION_CALL",
      text: "J'accepte que CarAtlas m'appelle pour préciser ma demande avant de la transmettre.",
    },
    {
      purpose: "FEEDBACK_CALL",
      text: "J'accepte que CarAtlas m'appelle plus tard pour recueillir mon avis sur les suites de ma demande.",
    },
  ],
};

const english: ConsentDeclaration = {
  language: "EN",
  text: [
    "Your request is meant for the suppliers named below. Only those you tick will receive it, only by the means (telephone, SMS, e-mail) you tick for each of them, and at most three of them.",
    "You will be called only if you tick the telephone: without your prior consent, canvassing by telephone is forbidden (article L.223-1 of the French code de la consommation).",
    "This request does not oblige you to buy anything.",
    "You may withdraw your consent at any moment, wholly or in part, as easily as you gave it: by the personal link you receive. The suppliers concerned are told at once.",
    "CarAtlas, the controller, keeps your request for six months at most and then erases it. The proof of your consent is kept afterwards without your identity.",
    "You have the rights of access, rectification, erasure, restriction, objection and portability, which you exercise with CarAtlas; the personal link shows you what is kept and who received it. You may also lodge a complaint with the CNIL (www.cnil.fr).",
  ].join("\n\n"),
  purposes: [
    {
      purpose: "TRANSMIT",
      text: "I agree that CarAtlas transmits my request and my contact details to the supplier named, so that it contacts me about this request by the means I ticked.",
    },
    {
      purpose: "QUALIFICATION_CALL",
      text: "I agree that CarAtlas calls me to clarify my request before transmitting it.",
    },
    {
      purpose: "FEEDBACK_CALL",
      text: "I agree that CarAtlas calls me later to hear what became of my request.",
    },
  ],
};

export const newCarDeclarations: readonly ConsentDeclaration[] = [french, english];
