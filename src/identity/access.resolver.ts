import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { AccessService } from "./access.service";
import {
  ApiKey,
  ApiKeyCreated,
  CreateApiKeyInput,
  CreateMemberInput,
  Member,
  toApiKey,
  toMember,
} from "./access.types";
import type { RequestContext } from "./context";
import { principalOf } from "./scope";

@Resolver()
export class AccessResolver {
  constructor(private readonly access: AccessService) {}

  @Mutation(() => Member, {
    description:
      "Suppliers' administrators for their own supplier; staff for any, administrators for staff too.",
  })
  async createMember(
    @Ctx() context: RequestContext,
    @Arg("input", () => CreateMemberInput) input: CreateMemberInput,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<Member> {
    return toMember(await this.access.createMember(principalOf(context), input, key));
  }

  @Mutation(() => Member, { description: "Ends all their sessions at once; their record stays." })
  async disableMember(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<Member> {
    return toMember(await this.access.disableMember(principalOf(context), id));
  }

  @Mutation(() => ApiKeyCreated)
  async createApiKey(
    @Ctx() context: RequestContext,
    @Arg("input", () => CreateApiKeyInput) input: CreateApiKeyInput,
    @Arg("idempotencyKey", () => String, { nullable: true }) idempotencyKey: string | null,
  ): Promise<ApiKeyCreated> {
    const { key, token } = await this.access.createKey(principalOf(context), input, idempotencyKey);
    return { key: toApiKey(key), token };
  }

  @Mutation(() => ApiKey, { description: "At once for requests, within 2 seconds for open sockets." })
  async revokeApiKey(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<ApiKey> {
    return toApiKey(await this.access.revokeKey(principalOf(context), id));
  }
}
