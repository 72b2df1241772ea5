import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { invalid } from "../../shared/errors";
import type { AccessService } from "./access.service";
import { toViewer, Viewer } from "./access.types";
import type { RequestContext } from "./context";
import { principalOf } from "./scope";
import type { SignInService } from "./sign-in.service";
import { SignInResult, toSignInResult, type SignedIn, type SignInRefused } from "./sign-in.types";

@Resolver()
export class SessionResolver {
  constructor(
    private readonly signInService: SignInService,
    private readonly access: AccessService,
  ) {}

  @Mutation(() => SignInResult, { description: "Signs in a person. Machines use API keys instead." })
  async signIn(
    @Ctx() context: RequestContext,
    @Arg("email", () => String) email: string,
    @Arg("password", () => String) password: string,
    @Arg("code", () => String, { nullable: true, description: "The code of a second factor." })
    code: string | null,
  ): Promise<SignedIn | SignInRefused> {
    if (code != null) throw invalid("code: no second factor is enrolled. Leave it out.");
    const { clientAddress } = context;
    return toSignInResult(await this.signInService.signIn({ email, password, clientAddress }));
  }

  @Mutation(() => Boolean, { description: "Ends your session. Its token is refused from then on." })
  async signOut(@Ctx() context: RequestContext): Promise<boolean> {
    const principal = principalOf(context);
    if (principal.kind !== "SESSION")
      throw invalid("Only sessions can sign out. Revoke a key with revokeApiKey.");
    await this.signInService.signOut(principal);
    return true;
  }

  @Query(() => Viewer)
  async viewer(@Ctx() context: RequestContext): Promise<Viewer> {
    const principal = principalOf(context);
    return toViewer(principal, await this.access.nameOf(principal));
  }
}
