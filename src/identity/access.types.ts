import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { DateTime } from "../platform/graphql/scalars";
import { roles, type Principal, type Role as RoleName } from "./principal";

export const Role = Object.fromEntries(roles.map((role) => [role, role])) as Record<RoleName, RoleName>;
registerEnumType(Role, {
  name: "Role",
  description: "What somebody is to CarAtlas, and so what they may do.",
});

export const Environment = { LIVE: "LIVE", SANDBOX: "SANDBOX" } as const;
registerEnumType(Environment, {
  name: "Environment",
  description:
    "SANDBOX: invented leads on demand, free of charge, apart from everything real. See docs/sandbox.md.",
});

@ObjectType({ description: "Who you are, as the server sees it." })
export class Viewer {
  /** Whose supplier; shown as `supplier`, which is the suppliers' part of this type. */
  supplierId: string | null;
  @Field(() => Role) role: RoleName;
  @Field(() => String, { nullable: true, description: "Your name, or your key's label." })
  name: string | null;
  @Field(() => Environment) environment: keyof typeof Environment;
}

@ObjectType({ description: "A person who signs in." })
export class Member {
  @Field(() => ID) id: string;
  @Field(() => Role) role: RoleName;
  @Field(() => String) name: string;
  @Field(() => String) email: string;
  @Field(() => DateTime) createdAt: Date;
  @Field(() => DateTime, { nullable: true, description: "From then on this person cannot sign in." })
  disabledAt: Date | null;
}

@ObjectType({ description: "A machine's key. The key itself is shown once, when it is created." })
export class ApiKey {
  @Field(() => ID) id: string;
  @Field(() => Environment) environment: keyof typeof Environment;
  @Field(() => Role) role: RoleName;
  @Field(() => String) label: string;
  @Field(() => [String], { description: "FORM keys: the web origins that may use it; empty means any." })
  origins: readonly string[];
  @Field(() => DateTime) createdAt: Date;
  @Field(() => DateTime, { nullable: true, description: "From then on the key is worth nothing." })
  revokedAt: Date | null;
}

@ObjectType()
export class ApiKeyCreated {
  @Field(() => ApiKey) key: ApiKey;
  @Field(() => String, {
    nullable: true,
    description:
      "The bearer token. Store it now: it is shown once, and null when you repeat the request under its idempotencyKey.",
  })
  token: string | null;
}

@InputType()
export class CreateMemberInput {
  @Field(() => Role) role: RoleName;
  @Field(() => ID, { nullable: true, description: "A supplier's own administrator may leave it out." })
  supplierId?: string | null;
  @Field(() => String) name: string;
  @Field(() => String) email: string;
  @Field(() => String, { description: "At least 12 characters." }) password: string;
}

@InputType()
export class CreateApiKeyInput {
  @Field(() => Role) role: RoleName;
  @Field(() => ID, { nullable: true, description: "A supplier's own administrator may leave it out." })
  supplierId?: string | null;
  @Field(() => String, { description: "What the key is for, so that you know which one to revoke." })
  label: string;
  @Field(() => [String], {
    nullable: true,
    description: "FORM keys: the web origins that may use it, such as https://www.example.com.",
  })
  origins?: string[] | null;
  @Field(() => Environment, {
    defaultValue: "LIVE",
    description: "Of a supplier's key. The first SANDBOX key makes the supplier's sandbox.",
  })
  environment: keyof typeof Environment;
  @Field(() => String, {
    nullable: true,
    description:
      "Staff only: why a supplier gets a live key before its go-live checks have passed. Kept in the audit log: do not name a person.",
  })
  waiveGoLive?: string | null;
}

interface MemberFacts extends Omit<Member, "name" | "email"> {
  readonly identity: { readonly name: string; readonly email: string };
}

const environmentOf = ({ sandbox = false }: { readonly sandbox?: boolean }): keyof typeof Environment =>
  sandbox ? "SANDBOX" : "LIVE";

export const toViewer = (principal: Principal, name: string | null): Viewer => {
  const { role, supplierId } = principal;
  return Object.assign(new Viewer(), { role, supplierId, name, environment: environmentOf(principal) });
};

export const toMember = ({ id, role, createdAt, disabledAt, identity }: MemberFacts): Member => ({
  id,
  role,
  createdAt,
  disabledAt,
  name: identity.name,
  email: identity.email,
});

interface KeyFacts extends Omit<ApiKey, "environment"> {
  readonly sandbox: boolean;
}

export const toApiKey = ({ sandbox, id, role, label, origins, createdAt, revokedAt }: KeyFacts): ApiKey => ({
  id,
  environment: environmentOf({ sandbox }),
  role,
  label,
  origins,
  createdAt,
  revokedAt,
});
