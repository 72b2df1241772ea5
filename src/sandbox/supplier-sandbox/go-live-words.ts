/** What a supplier's developers have to do to pass each go-live check. Names of the API stay as they are. */
import type { Words } from "../../shared/language";

/** One drill: a match that is delivered to the client a second time. */
export interface Drill {
  readonly leadId: string;
  /** When a read first began before the match again; null before that. */
  readonly servedAt: Date | null;
  /** When the client then acknowledged the match or a later event; null before that. */
  readonly acknowledgedAt: Date | null;
  readonly outcomes: readonly { readonly hasExternalId: boolean; readonly reportedAt: Date }[];
}

export const todos = {
  acknowledgedMatch: {
    FR: "Créez un lead avec sandboxMatch, lisez-le dans le flux, enregistrez-le et acquittez son curseur.",
    EN: "Create a lead with sandboxMatch, read it from the feed, store it, and acknowledge its cursor.",
  },
  acknowledgedRevocation: {
    FR: "Retirez un lead avec sandboxRevoke, lisez LeadRevoked dans le flux et appelez acknowledgeRevocation.",
    EN: "Revoke a lead with sandboxRevoke, read LeadRevoked from the feed, and call acknowledgeRevocation.",
  },
  survivedDuplicate: {
    FR: "Créez un lead avec sandboxMatch, puis appelez sandboxDuplicate pour ce lead.",
    EN: "Create a lead with sandboxMatch, then call sandboxDuplicate on it.",
  },
} as const satisfies Readonly<Record<string, Words>>;

/** The next step of a drill that was not passed. */
export function todoOf({ leadId, servedAt, acknowledgedAt, outcomes }: Drill): Words {
  if (outcomes.length > 1) return storedTwice(leadId, outcomes.length);
  if (!servedAt)
    return {
      FR: `Continuez à lire depuis votre position : appelez à nouveau la requête feed, ou rouvrez l'abonnement. Le lead ${leadId} arrive alors une seconde fois.`,
      EN: `Continue reading from your position: call the feed query again, or reconnect the subscription. The match of lead ${leadId} then comes a second time.`,
    };
  if (!acknowledgedAt)
    return {
      FR: `Acquittez la seconde copie du lead ${leadId}, ou un événement plus récent.`,
      EN: `Acknowledge the second copy of the match of lead ${leadId}, or a later event.`,
    };
  return outcomes.length === 0 ? notReported(leadId) : withoutExternalId(leadId);
}

const storedTwice = (leadId: string, outcomes: number): Words => ({
  FR: `Échec pour le lead ${leadId} : ${String(outcomes)} résultats ont été déclarés, le client a donc enregistré le lead plus d'une fois. Corrigez le client, puis appelez sandboxDuplicate pour un autre lead.`,
  EN: `Failed for lead ${leadId}: ${String(outcomes)} outcomes were reported, so the client stored the lead more than once. Fix the client, then call sandboxDuplicate on another lead.`,
});

const notReported = (leadId: string): Words => ({
  FR: `Déclarez un résultat du lead ${leadId} avec reportOutcomes, avec un externalId tiré de l'identifiant de votre propre fiche.`,
  EN: `Report one outcome of lead ${leadId} with reportOutcomes, with an externalId derived from the id of your own record of it.`,
});

const withoutExternalId = (leadId: string): Words => ({
  FR: `Le résultat du lead ${leadId} n'a pas d'externalId. Appelez sandboxDuplicate pour un autre lead et déclarez son résultat avec un externalId tiré de l'identifiant de votre propre fiche.`,
  EN: `The outcome of lead ${leadId} has no externalId. Call sandboxDuplicate on another lead and report with an externalId derived from the id of your own record.`,
});
