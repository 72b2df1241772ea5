import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { After, First, IfVersion, OptionalIdempotencyKey } from "../../platform/graphql/arguments";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import type { AccessBook, AccessPage } from "./access-book.service";
import type { AccessService } from "./access.service";
import {
  ApiKey,
  ApiKeyConnection,
  ApiKeyCreated,
  Member,
  MemberConnection,
  toApiKey,
  toMember,
} from "./access.types";
import { CreateApiKeyInput, CreateMemberInput, UpdateMemberLimitsInput } from "./access-input.types";
import type { RequestContext } from "./context";
import { principalOf } from "./scope";

const OfSupplier = (): ParameterDecorator =>
  Arg("supplierId", () => ID, {
    nullable: true,
    description: "Only those of this supplier. NOT_FOUND for another supplier than your own.",
  }) as ParameterDecorator;

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
    @First() first: number | null,
    @After() after: string | null,
    @OfSupplier() supplierId: string | null,
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
    @First() first: number | null,
    @After() after: string | null,
    @OfSupplier() supplierId: string | null,
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
    @Arg("input", () => CreateMemberInput, {
      description: "The member. All its faults are reported at once.",
    })
    input: CreateMemberInput,
    @OptionalIdempotencyKey() key: string | null,
  ): Promise<Member> {
    return toMember(await this.access.createMember(principalOf(context), input, key));
  }

  @Mutation(() => Member, {
    description:
      "Ends all sessions of the member at once. The record of the member stays. INVALID_INPUT for yourself.",
  })
  async disableMember(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "The member." }) id: string,
  ): Promise<Member> {
    return toMember(await this.access.disableMember(principalOf(context), id));
  }

  @Mutation(() => Member, {
    description:
      "Changes the limits of a member. Open sockets are closed within 2 seconds, so that clients reconnect under the new limits.",
  })
  async limitMember(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "The member." }) id: string,
    @Arg("input", () => UpdateMemberLimitsInput, {
      description: "What changes. All its faults are reported at once.",
    })
    input: UpdateMemberLimitsInput,
    @IfVersion() ifVersion: number | null,
  ): Promise<Member> {
    return toMember(await this.access.limitMember(principalOf(context), id, { ...input, ifVersion }));
  }

  @Mutation(() => ApiKeyCreated, {
    description:
      "Creates a key for a machine. CONFLICT with the reason GO_LIVE_CHECKS_MISSING for a live key of a supplier whose client has not passed the checks in the sandbox.",
  })
  async createApiKey(
    @Ctx() context: RequestContext,
    @Arg("input", () => CreateApiKeyInput, { description: "The key. All its faults are reported at once." })
    input: CreateApiKeyInput,
    @OptionalIdempotencyKey() idempotencyKey: string | null,
  ): Promise<ApiKeyCreated> {
    const { key, token } = await this.access.createKey(principalOf(context), input, idempotencyKey);
    return { key: toApiKey(key), token };
  }

  @Mutation(() => ApiKey, {
    description: "Revokes a key: requests are refused at once, open sockets are closed within 2 seconds.",
  })
  async revokeApiKey(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "The key." }) id: string,
  ): Promise<ApiKey> {
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
