import { Arg, Mutation, Query, Resolver } from "type-graphql";
import type { DeliveryRow } from "../deliveries";
import { Disposition } from "../deliveries/lead-enums.types";
import { RevocationStatus } from "../deliveries/lead.types";
import type { RevocationLinks } from "./revocation-links.service";

const tokenDescription =
  "The part of the mailed link after the #. NOT_FOUND if it is invalid or has expired.";

@Resolver()
export class RevocationLinksResolver {
  constructor(private readonly links: RevocationLinks) {}

  @Query(() => RevocationStatus, {
    description:
      "The revocation behind an acknowledge link, without personal data. Reading it does not acknowledge it.",
  })
  async revocationByLink(
    @Arg("token", () => String, { description: tokenDescription }) token: string,
  ): Promise<RevocationStatus> {
    return statusOf(await this.links.look(token));
  }

  @Mutation(() => RevocationStatus, {
    description:
      "Like acknowledgeRevocation, but authorised by the link of a mail instead of a sign-in. Safe to repeat.",
  })
  async acknowledgeRevocationByLink(
    @Arg("token", () => String, { description: tokenDescription }) token: string,
    @Arg("disposition", () => Disposition, { description: "What you did with the lead." })
    disposition: keyof typeof Disposition,
    @Arg("ground", () => String, {
      nullable: true,
      description:
        "Why you may keep the lead, at most 500 characters. Required for KEPT. Do not name the person.",
    })
    ground: string | null,
  ): Promise<RevocationStatus> {
    return statusOf(await this.links.acknowledge(token, { disposition, ground: ground ?? null }));
  }
}

const statusOf = (delivery: DeliveryRow): RevocationStatus => ({
  ...delivery,
  leadId: delivery.id,
  reason: delivery.revocationReason,
});
