import { Arg, Mutation, Query, Resolver } from "type-graphql";
import type { DeliveryRow } from "../deliveries";
import { Disposition, RevocationStatus } from "../deliveries/lead.types";
import type { RevocationLinks } from "./revocation-links.service";

const tokenDescription = "Of the link in the mail, after the #. NOT_FOUND if it is not ours or has expired.";

@Resolver()
export class RevocationLinksResolver {
  constructor(private readonly links: RevocationLinks) {}

  @Query(() => RevocationStatus, {
    description:
      "What an acknowledge link is about. To ask acknowledges nothing, and nothing says who the person was.",
  })
  async revocationByLink(
    @Arg("token", () => String, { description: tokenDescription }) token: string,
  ): Promise<RevocationStatus> {
    return statusOf(await this.links.look(token));
  }

  @Mutation(() => RevocationStatus, {
    description:
      "As acknowledgeRevocation, by the link of a mail instead of a sign-in. Said twice, it was said once.",
  })
  async acknowledgeRevocationByLink(
    @Arg("token", () => String, { description: tokenDescription }) token: string,
    @Arg("disposition", () => Disposition) disposition: keyof typeof Disposition,
    @Arg("ground", () => String, {
      nullable: true,
      description: "Why you may keep it. Do not name the person.",
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
