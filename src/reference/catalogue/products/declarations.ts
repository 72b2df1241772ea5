/**
 * The consent declarations that several products share. The text is part of the proof of consent, so any change to it
 * requires a new version of every form that uses it. It describes what CarAtlas does; it is not legal advice, and a
 * lawyer should review it before it is shown to people.
 */
import { type ConsentDeclaration, type Language, type Purpose } from "../form";

type Purposes = ConsentDeclaration["purposes"];

export interface OwnWords {
  /** What the request commits the person to, and what CarAtlas is not. */
  readonly paragraphs: readonly string[];
}

/** For products with three seats only, because the text says "three". */
export const declarationsFor = (words: Readonly<Record<Language, OwnWords>>): readonly ConsentDeclaration[] =>
  (["FR", "EN"] as const).map((language) => ({
    language,
    text: [...before[language], ...words[language].paragraphs, ...after[language]].join("\n\n"),
    purposes: purposesIn(language),
  }));

const before: Readonly<Record<Language, readonly string[]>> = {
  FR: [
    "Votre demande est destinée aux fournisseurs nommés ci-dessous. Seuls ceux que vous cochez la recevront, uniquement par les moyens (téléphone, SMS, e-mail) que vous cochez pour chacun d'eux, et trois d'entre eux au plus.",
    "Vous ne serez appelé que si vous cochez le téléphone : sans votre consentement préalable, le démarchage téléphonique est interdit (article L.223-1 du code de la consommation).",
  ],
  EN: [
    "Your request is meant for the suppliers named below. Only those you tick will receive it, only by the means (telephone, SMS, e-mail) you tick for each of them, and at most three of them.",
    "You will be called only if you tick the telephone: without your prior consent, canvassing by telephone is forbidden (article L.223-1 of the French code de la consommation).",
  ],
};

const after: Readonly<Record<Language, readonly string[]>> = {
  FR: [
    "Vous pouvez retirer votre consentement à tout moment, en tout ou en partie, aussi simplement que vous l'avez donné : par le lien personnel que vous recevez. Les fournisseurs concernés en sont aussitôt informés.",
    "CarAtlas, responsable du traitement, conserve votre demande six mois au plus, puis l'efface. La preuve de votre consentement est conservée ensuite sans votre identité.",
    "Vous disposez des droits d'accès, de rectification, d'effacement, de limitation, d'opposition et de portabilité, que vous exercez auprès de CarAtlas ; le lien personnel vous montre ce qui est conservé et qui l'a reçu. Vous pouvez aussi adresser une réclamation à la CNIL (www.cnil.fr).",
  ],
  EN: [
    "You may withdraw your consent at any moment, wholly or in part, as easily as you gave it: by the personal link you receive. The suppliers concerned are told at once.",
    "CarAtlas, the controller, keeps your request for six months at most and then erases it. The proof of your consent is kept afterwards without your identity.",
    "You have the rights of access, rectification, erasure, restriction, objection and portability, which you exercise with CarAtlas; the personal link shows you what is kept and who received it. You may also lodge a complaint with the CNIL (www.cnil.fr).",
  ],
};

const purposeTexts: Readonly<Record<Language, Readonly<Partial<Record<Purpose, string>>>>> = {
  FR: {
    TRANSMIT:
      "J'accepte que CarAtlas transmette ma demande et mes coordonnées au fournisseur nommé, pour qu'il me contacte au sujet de cette demande par les moyens que j'ai cochés.",
    QUALIFICATION_CALL: "J'accepte que CarAtlas m'appelle pour préciser ma demande avant de la transmettre.",
    FEEDBACK_CALL:
      "J'accepte que CarAtlas m'appelle plus tard pour recueillir mon avis sur les suites de ma demande.",
  },
  EN: {
    TRANSMIT:
      "I agree that CarAtlas transmits my request and my contact details to the supplier named, so that it contacts me about this request by the means I ticked.",
    QUALIFICATION_CALL: "I agree that CarAtlas calls me to clarify my request before transmitting it.",
    FEEDBACK_CALL: "I agree that CarAtlas calls me later to hear what became of my request.",
  },
};

const purposesIn = (language: Language): Purposes =>
  Object.entries(purposeTexts[language]).map(([purpose, text]) => ({ purpose: purpose as Purpose, text }));
