import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { invalid } from "../../shared/errors";
import type { AccessService } from "./access.service";
import type { RequestContext } from "./context";
import { principalOf } from "./scope";
import type { SignInService } from "./sign-in.service";
import { toViewer, Viewer } from "./viewer.types";
import { SignInResult, toSignInResult, type SignedIn, type SignInRefused } from "./sign-in.types";

@Resolver()
export class SessionResolver {
  constructor(
    private readonly signInService: SignInService,
    private readonly access: AccessService,
  ) {}

  @Mutation(() => SignInResult, {
    description:
      "Signs in a person. Machines use API keys instead. RATE_LIMITED after many attempts from one address.",
  })
  async signIn(
    @Ctx() context: RequestContext,
    @Arg("email", () => String, { description: "The address of the member, in any case." }) email: string,
    @Arg("password", () => String, { description: "The password of the member." }) password: string,
    @Arg("code", () => String, {
      nullable: true,
      description: "The code of a second factor. INVALID_INPUT for now, because nobody can enrol one.",
    })
    code: string | null,
  ): Promise<SignedIn | SignInRefused> {
    if (code != null)
      throw invalid("code: no second factor is enrolled. Leave it out.", {
        reason: "NOT_ALLOWED",
        field: "code",
      });
    const { clientAddress } = context;
    return toSignInResult(await this.signInService.signIn({ email, password, clientAddress }));
  }

  @Mutation(() => Boolean, {
    description:
      "Ends your session. Its token is refused from then on. INVALID_INPUT for a key. Always true.",
  })
  async signOut(@Ctx() context: RequestContext): Promise<boolean> {
    const principal = principalOf(context);
    if (principal.kind !== "SESSION")
      throw invalid("Only sessions can sign out. Revoke a key with revokeApiKey.", {
        reason: "NOT_ALLOWED",
        field: null,
      });
    await this.signInService.signOut(principal);
    return true;
  }

  @Query(() => Viewer, { description: "Who you are to the API." })
  async viewer(@Ctx() context: RequestContext): Promise<Viewer> {
    const principal = principalOf(context);
    return toViewer(principal, await this.access.nameOf(principal));
  }
}
