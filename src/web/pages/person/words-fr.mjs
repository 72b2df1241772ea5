/** Everything the page says, in French. words-en.mjs says the same. */
export const french = {
  code: "FR",
  locale: "fr-FR",
  otherLanguage: { code: "en", name: "English" },
  title: "Ma demande",
  documentTitle: "Ma demande – CarAtlas",
  loading: "Chargement de votre demande…",
  refreshed: "Votre demande est à jour.",
  refresh: "Actualiser",
  retry: "Réessayer",
  intro:
    "Voici ce que vous avez demandé, qui l’a reçu et comment chacun peut vous contacter. Vous pouvez revenir sur votre accord ici, à tout moment.",
  yes: "Oui",
  no: "Non",
  notGiven: "Non renseigné",
  problems: {
    NO_LINK: {
      title: "Votre lien personnel manque",
      text: "Rouvrez le lien que vous avez reçu après votre demande. Par sécurité, il n’est gardé ni dans l’adresse ni par votre navigateur\u00a0: il faut le rouvrir à chaque visite, et après un rechargement de la page.",
    },
    BAD_LINK: {
      title: "Ce lien n’est pas valable",
      text: "Il est peut-être incomplet. Rouvrez-le directement depuis le message reçu, ou copiez-le en entier, y compris tout ce qui suit le signe #.",
    },
    GONE: {
      title: "Cette demande n’existe plus chez nous",
      text: "Elle a été effacée, ou supprimée parce qu’elle n’a pas été confirmée dans les 72 heures. Vos coordonnées ne sont plus lisibles et vous n’avez rien à faire. Pour une nouvelle recherche, faites une nouvelle demande.",
    },
    BUSY: {
      title: "Trop de visites en peu de temps",
      text: "Patientez une minute, puis réessayez.",
    },
    UNREACHABLE: {
      title: "Le serveur ne répond pas",
      text: "Vérifiez votre connexion à Internet, puis réessayez. Si cela dure, rouvrez votre lien un peu plus tard\u00a0: il reste valable.",
    },
  },
  request: {
    title: "Ce que j’ai demandé",
    product: "Produit",
    place: "Lieu",
    submitted: "Envoyée le",
    reference: "Référence",
    state: "État",
    states: {
      UNCONFIRMED:
        "Pas encore confirmée. Rien n’est transmis avant la saisie du code que vous avez reçu\u00a0; sans lui, la demande est supprimée après 72 heures.",
      WAITING: "En cours. Les fournisseurs qui ont votre accord peuvent encore la recevoir jusqu’au {until}.",
      CLOSED: "Close. Plus aucun autre fournisseur ne la recevra.",
    },
  },
  contact: {
    title: "Mes coordonnées",
    name: "Nom",
    phone: "Téléphone",
    email: "E-mail",
    address: "Adresse",
    civilities: { MADAME: "Madame", MONSIEUR: "Monsieur", UNSPECIFIED: "" },
    note: "Telles que nous les détenons. Un fournisseur ne voit votre numéro ou votre e-mail que si vous avez accepté qu’il vous contacte par ce moyen.",
  },
  channels: { PHONE: "Téléphone", SMS: "SMS", EMAIL: "E-mail" },
  recipients: {
    title: "Les fournisseurs",
    none: "Vous n’avez donné votre accord pour aucun fournisseur.",
    several: {
      text: (seats) =>
        `Au plus ${seats} fournisseurs reçoivent une même demande, et le premier peut avoir demandé à être le seul\u00a0: certains de ceux que vous avez cochés peuvent donc ne pas la recevoir. Un fournisseur peut aussi être fermé ou complet, ou avoir déjà une demande de vous.`,
      link: "Comment les demandes sont attribuées",
    },
    received: "A reçu votre demande le {at}.",
    notYet: "N’a pas reçu votre demande à ce jour.",
    never: "N’a pas reçu votre demande et ne la recevra pas.",
    notSent: {
      PLACE: "Votre lieu n’est pas dans la zone qu’il dessert.",
      ANSWER: "L’une de vos réponses n’est pas ce qu’il recherche.",
      answer: (question) => `Votre réponse à «\u00a0${question}\u00a0» n’est pas ce qu’il recherche.`,
      CIRCUMSTANCES: "Il ne pouvait pas la prendre à ce moment, ou d’autres étaient devant.",
    },
    may: "Peut vous contacter par",
    wouldMay: "S’il la reçoit, il pourra vous contacter par",
    ended: "Son droit d’utiliser votre demande a pris fin le {at}. Il en a été prévenu aussitôt.",
    acknowledged: "Il a répondu le {at} qu’il en avait pris acte.",
    notAcknowledged:
      "Il n’a pas encore répondu qu’il en avait pris acte\u00a0; cela ne change rien à votre retrait.",
    withdrawnBefore: "Votre accord est retiré.",
    withdrawSupplier: "Retirer mon accord",
    withdrawChannel: {
      PHONE: "Ne plus recevoir d’appels",
      SMS: "Ne plus recevoir de SMS",
      EMAIL: "Ne plus recevoir d’e\u2011mails",
    },
    for: (name) => `pour ${name}`,
    from: (name) => `de ${name}`,
  },
  purposes: {
    title: "CarAtlas et moi",
    text: "Vous avez aussi accepté\u00a0:",
    names: {
      TRANSMIT: "Transmission de ma demande à des fournisseurs",
      QUALIFICATION_CALL: "Un appel de CarAtlas pour préciser ma demande",
      FEEDBACK_CALL: "Un appel de CarAtlas pour recueillir mon avis",
      APPOINTMENT: "La prise d’un rendez-vous",
      CREDIT_CHECK: "Une vérification de solvabilité",
      AUDIENCES: "L’utilisation de mes données pour de la publicité",
    },
    withdraw: "Retirer",
  },
  everything: {
    title: "Tout retirer",
    text: "Un seul geste met fin à tout ce que vous avez accepté pour cette demande.",
    button: "Tout retirer",
    nothingLeft:
      "Vous avez tout retiré. Plus personne n’a votre accord pour vous contacter au titre de cette demande.",
  },
  confirm: {
    all: {
      title: "Tout retirer\u00a0?",
      text: "Plus aucun fournisseur n’aura votre accord pour vous contacter au titre de cette demande, et CarAtlas ne vous appellera plus à ce sujet. L’effet est immédiat et les fournisseurs qui ont reçu votre demande sont prévenus aussitôt.",
    },
    supplier: (name) => ({
      title: `Retirer votre accord pour ${name}\u00a0?`,
      text: `${name} n’aura plus le droit d’utiliser votre demande. L’effet est immédiat\u00a0; s’il l’a reçue, il en est prévenu aussitôt.`,
    }),
    channel: (name, channel) => ({
      title: `${french.recipients.withdrawChannel[channel]} de ${name}\u00a0?`,
      text: `${name} n’aura plus le droit de vous contacter par ${french.means[channel]}. L’effet est immédiat\u00a0; s’il a reçu votre demande, il en est prévenu aussitôt.`,
    }),
    purpose: (purpose) => ({
      title: "Retirer cet accord\u00a0?",
      text: `${french.purposes.names[purpose]}\u00a0: vous ne serez plus d’accord. L’effet est immédiat.`,
    }),
    final:
      "Ce retrait est définitif pour cette demande. Pour revenir en arrière, il faudrait en faire une nouvelle.",
    yes: "Oui, retirer",
    no: "Annuler",
    sending: "Retrait en cours…",
    done: "C’est fait\u00a0: votre accord est retiré, avec effet immédiat. Les fournisseurs concernés qui avaient reçu votre demande en sont prévenus.",
    failed:
      "Nous n’avons pas reçu la confirmation du retrait. Réessayez\u00a0: le demander deux fois ne pose aucun problème.",
  },
  means: { PHONE: "téléphone", SMS: "SMS", EMAIL: "e-mail" },
  history: {
    title: "Historique de mes choix",
    given: "Vous avez donné votre accord.",
    withdrawn: "Vous avez retiré votre accord.",
    all: "Pour tout",
    suppliers: "Fournisseurs",
    allSuppliers: "tous",
    channels: "Moyens, tous fournisseurs confondus",
    withdrawnChannels: "Moyens",
    allChannels: "tous",
    purposes: "Également",
    purpose: "Objet",
  },
  rights: {
    title: "Vos droits",
    items: [
      "Votre demande ne vous engage à aucun achat.",
      "Vous pouvez retirer votre accord à tout moment, en tout ou en partie. Le retrait est immédiat et les fournisseurs concernés sont prévenus aussitôt. Ce qui a été fait auparavant reste licite.",
      "Un fournisseur ne peut vous appeler que si vous avez accepté le téléphone pour lui (article L.223-1 du code de la consommation).",
      "Si vous estimez que vos droits ne sont pas respectés, vous pouvez adresser une réclamation à la CNIL (www.cnil.fr).",
      "Gardez le message qui contient votre lien personnel, et ne le transmettez à personne\u00a0: il donne accès à cette page.",
    ],
  },
  timeZone: (zone) => `Les heures sont celles de votre appareil (${zone}).`,
};
