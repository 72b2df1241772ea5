import { Field, ID, Int, ObjectType } from "type-graphql";
import { connectionType } from "../../platform/graphql/connection";
import { DateTime } from "../../platform/graphql/scalars";
import { limitsOf, type LimitColumns } from "./limits";
import type { Limits as LimitsFact, Role as RoleName } from "./principal";
import { Environment, environmentOf, Limits, Role } from "./viewer.types";

const limitsShown = "null when access is not limited within the supplier.";

@ObjectType({ description: "A person who signs in." })
export class Member {
  @Field(() => ID, { description: "The id of the member." }) id: string;
  @Field(() => Role, { description: "What the member may do." }) role: RoleName;
  @Field(() => ID, { nullable: true, description: "The supplier the member works for; null for staff." })
  supplierId: string | null;
  @Field(() => Limits, {
    nullable: true,
    description: `What the member may see; ${limitsShown} Change it with limitMember.`,
  })
  limits: LimitsFact | null;
  @Field(() => Int, {
    description:
      "Counts the changes of the limits, from 1. Pass it to limitMember as ifVersion, so that you do not overwrite a change that you have not seen.",
  })
  version: number;
  @Field(() => String, { description: "The name of the person." }) name: string;
  @Field(() => String, { description: "The address that the person signs in with." }) email: string;
  @Field(() => DateTime, { description: "When the member was created." }) createdAt: Date;
  @Field(() => DateTime, {
    nullable: true,
    description: "Since when this person cannot sign in; null while they can.",
  })
  disabledAt: Date | null;
}

@ObjectType({ description: "An API key of a machine. Its token is shown once, when the key is created." })
export class ApiKey {
  @Field(() => ID, { description: "The id of the key." }) id: string;
  @Field(() => Environment, { description: "Whether the key works with real leads or in a sandbox." })
  environment: keyof typeof Environment;
  @Field(() => Role, { description: "What the key may do." }) role: RoleName;
  @Field(() => ID, {
    nullable: true,
    description:
      "The supplier that uses the key; for a SANDBOX key, the id of its sandbox. Null for form sites and staff.",
  })
  supplierId: string | null;
  @Field(() => Limits, {
    nullable: true,
    description: `What the key may see; ${limitsShown} The limits of a key cannot be changed.`,
  })
  limits: LimitsFact | null;
  @Field(() => String, { description: "What the key is for." }) label: string;
  @Field(() => [String], {
    description: "For FORM keys: the web origins that may use the key; empty allows any.",
  })
  origins: readonly string[];
  @Field(() => DateTime, { description: "When the key was created." }) createdAt: Date;
  @Field(() => DateTime, {
    nullable: true,
    description: "Since when the key is refused; null while it is valid.",
  })
  revokedAt: Date | null;
}

export const MemberConnection = connectionType(Member, "Member");
export const ApiKeyConnection = connectionType(ApiKey, "ApiKey");

@ObjectType({ description: "A new API key and its token." })
export class ApiKeyCreated {
  @Field(() => ApiKey, { description: "The key." }) key: ApiKey;
  @Field(() => String, {
    nullable: true,
    description:
      "The bearer token. Store it now: it is shown once, and is null when you repeat the request with the same idempotencyKey.",
  })
  token: string | null;
}

interface MemberFacts extends Omit<Member, "name" | "email"> {
  readonly identity: { readonly name: string; readonly email: string };
}

interface KeyFacts extends Omit<ApiKey, "environment" | "limits">, LimitColumns {
  readonly sandbox: boolean;
}

export function toMember({ identity, ...member }: MemberFacts): Member {
  const { id, role, supplierId, limits, version, createdAt, disabledAt } = member;
  const { name, email } = identity;
  return Object.assign(new Member(), {
    ...{ id, role, supplierId, limits, version, createdAt, disabledAt, name, email },
  });
}

export function toApiKey(key: KeyFacts): ApiKey {
  const { id, role, supplierId, label, origins, createdAt, revokedAt } = key;
  const environment = environmentOf(key);
  return Object.assign(new ApiKey(), {
    ...{ id, environment, role, supplierId, limits: limitsOf(key), label, origins, createdAt, revokedAt },
  });
}
