import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { Cursor } from "../../platform/graphql/scalars";
import type { AccessBook, AccessPage } from "./access-book.service";
import type { AccessService } from "./access.service";
import {
  ApiKey,
  ApiKeyConnection,
  ApiKeyCreated,
  CreateApiKeyInput,
  CreateMemberInput,
  Member,
  MemberConnection,
  toApiKey,
  toMember,
} from "./access.types";
import type { RequestContext } from "./context";
import { principalOf } from "./scope";

@Resolver()
export class AccessResolver {
  constructor(
    private readonly access: AccessService,
    private readonly book: AccessBook,
  ) {}

  @Query(() => ApiKeyConnection, {
    description:
      "API keys, newest first, including revoked ones. A supplier's administrators see those of their supplier; staff see all, or those of the supplier given.",
  })
  async apiKeys(
    @Ctx() context: RequestContext,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => Cursor, { nullable: true }) after: string | null,
    @Arg("supplierId", () => ID, { nullable: true }) supplierId: string | null,
  ): Promise<Connection<ApiKey>> {
    const size = pageSize(first);
    const page = pageOf(after, size, supplierId);
    const rows = await this.book.keysOf(principalOf(context), page);
    return toConnection(rows, size, { node: toApiKey, key: placeOf });
  }

  @Query(() => MemberConnection, {
    description:
      "Members, newest first, including disabled ones. A supplier's administrators see those of their supplier; staff see all, or those of the supplier given.",
  })
  async members(
    @Ctx() context: RequestContext,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => Cursor, { nullable: true }) after: string | null,
    @Arg("supplierId", () => ID, { nullable: true }) supplierId: string | null,
  ): Promise<Connection<Member>> {
    const size = pageSize(first);
    const page = pageOf(after, size, supplierId);
    const rows = await this.book.membersOf(principalOf(context), page);
    return toConnection(rows, size, { node: toMember, key: placeOf });
  }

  @Mutation(() => Member, {
    description:
      "Creates a person who can sign in. A supplier's administrators create members of their own supplier, operators of any supplier, and ADMIN also staff.",
  })
  async createMember(
    @Ctx() context: RequestContext,
    @Arg("input", () => CreateMemberInput) input: CreateMemberInput,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<Member> {
    return toMember(await this.access.createMember(principalOf(context), input, key));
  }

  @Mutation(() => Member, {
    description: "Ends all sessions of the member at once. The record of the member stays.",
  })
  async disableMember(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<Member> {
    return toMember(await this.access.disableMember(principalOf(context), id));
  }

  @Mutation(() => Member, {
    description:
      "Replaces the limits of a member. Open sockets are closed within 2 seconds, so that clients reconnect under the new limits. Leave out both lists to remove the limits.",
  })
  async limitMember(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) id: string,
    @Arg("sites", () => [ID], { nullable: true }) sites: string[] | null,
    @Arg("campaigns", () => [ID], { nullable: true }) campaigns: string[] | null,
  ): Promise<Member> {
    return toMember(await this.access.limitMember(principalOf(context), id, { sites, campaigns }));
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

  @Mutation(() => ApiKey, {
    description: "Revokes a key: requests are refused at once, open sockets are closed within 2 seconds.",
  })
  async revokeApiKey(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<ApiKey> {
    return toApiKey(await this.access.revokeKey(principalOf(context), id));
  }
}

function pageOf(after: string | null, size: number, supplierId: string | null): AccessPage {
  const [createdAt, id] = readKey(after, [keyShape.time, keyShape.id]) ?? [];
  const from = createdAt && id ? { createdAt, id } : null;
  return { supplierId: supplierId ?? null, after: from, limit: size + 1 };
}

const placeOf = ({ createdAt, id }: { createdAt: Date; id: string }): string[] => [
  createdAt.toISOString(),
  id,
];
