import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { principalOf, wholeSupplierOf, type RequestContext } from "../../access/identity";
import { LanguageArg } from "../../platform/graphql/language";
import { invalid } from "../../shared/errors";
import type { Language } from "../../shared/language";
import type { GoLiveService } from "./go-live.service";
import { GoLive, GoLiveCheck, toGoLive } from "./sandbox.types";
import type { SandboxesService } from "./sandboxes.service";

@Resolver(() => GoLiveCheck)
export class GoLiveResolver {
  constructor(
    private readonly sandboxes: SandboxesService,
    private readonly goLives: GoLiveService,
  ) {}

  @Query(() => GoLive, {
    description: "Which go-live checks your client has passed in the sandbox, and what is still missing.",
  })
  async goLive(
    @Ctx() context: RequestContext,
    @Arg("supplierId", () => ID, {
      nullable: true,
      description: "Staff only, and required for them: the supplier.",
    })
    asked: string | null,
  ): Promise<GoLive> {
    const { supplierId, sandbox } = principalOf(context);
    const field = "supplierId";
    if (supplierId !== null && asked != null)
      throw invalid("supplierId is for staff only. Leave it out.", { reason: "NOT_ALLOWED", field });
    if (supplierId !== null && sandbox) return toGoLive(await this.goLives.of(supplierId));
    const whose = supplierId === null ? asked : wholeSupplierOf(context).supplierId;
    if (whose == null) throw invalid("supplierId is required for staff.", { reason: "REQUIRED", field });
    return toGoLive(await this.sandboxes.goLiveOf(whose));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "What to do next; null once it has passed.",
  })
  todo(@Root() { words }: GoLiveCheck, @LanguageArg("EN") language: Language | null): string | null {
    return words && words[language ?? "EN"];
  }
}
