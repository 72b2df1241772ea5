import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../platform/graphql/connection";
import { DateTime } from "../../platform/graphql/scalars";
import { limitsOf, type LimitColumns } from "./limits";
import { roles, type Limits as LimitsFact, type Principal, type Role as RoleName } from "./principal";
import { scopeOf, type SupplierScope } from "./scope";

export const Role = Object.fromEntries(roles.map((role) => [role, role])) as Record<RoleName, RoleName>;
registerEnumType(Role, {
  name: "Role",
  description: "The role of a caller. It decides which root fields the caller may use.",
});

@ObjectType({
  description:
    "The part of a supplier that a member or key may see: these campaigns, and every campaign of these sites, including those created later.",
})
export class Limits implements LimitsFact {
  @Field(() => [ID]) sites: readonly string[];
  @Field(() => [ID]) campaigns: readonly string[];
}

const limitsShown = "null when access is not limited within the supplier.";
const sitesAsked =
  "Limits access to these sites: their campaigns, including those created later, and the leads of these campaigns. Adds to `campaigns`; must not be empty. For SUPPLIER_SALES and SUPPLIER_INTEGRATION.";
const campaignsAsked = "Limits access to these campaigns and their leads. Must not be empty.";
export const Environment = { LIVE: "LIVE", SANDBOX: "SANDBOX" } as const;
registerEnumType(Environment, {
  name: "Environment",
  description:
    "SANDBOX gives invented leads on demand, free of charge and separate from all real data. See docs/sandbox.md.",
});

@ObjectType({ description: "The caller, as authenticated by the bearer token." })
export class Viewer {
  /** The scope in which the `supplier` field is read; null unless the viewer belongs to a supplier. */
  scope: SupplierScope | null;
  @Field(() => Limits, { nullable: true, description: limitsShown }) limits: LimitsFact | null;
  @Field(() => Role) role: RoleName;
  @Field(() => String, { nullable: true, description: "Your name, or your key's label." })
  name: string | null;
  @Field(() => Environment) environment: keyof typeof Environment;
}

@ObjectType({ description: "A person who signs in." })
export class Member {
  @Field(() => ID) id: string;
  @Field(() => Role) role: RoleName;
  @Field(() => ID, { nullable: true, description: "null for staff." }) supplierId: string | null;
  @Field(() => Limits, { nullable: true, description: limitsShown }) limits: LimitsFact | null;
  @Field(() => String) name: string;
  @Field(() => String) email: string;
  @Field(() => DateTime) createdAt: Date;
  @Field(() => DateTime, { nullable: true, description: "Since when this person cannot sign in." })
  disabledAt: Date | null;
}

@ObjectType({ description: "An API key of a machine. Its token is shown once, when the key is created." })
export class ApiKey {
  @Field(() => ID) id: string;
  @Field(() => Environment) environment: keyof typeof Environment;
  @Field(() => Role) role: RoleName;
  @Field(() => ID, { nullable: true, description: "null for form sites and staff." })
  supplierId: string | null;
  @Field(() => Limits, {
    nullable: true,
    description: `${limitsShown} The limits of a key cannot be changed.`,
  })
  limits: LimitsFact | null;
  @Field(() => String) label: string;
  @Field(() => [String], {
    description: "For FORM keys: the web origins that may use the key; empty allows any.",
  })
  origins: readonly string[];
  @Field(() => DateTime) createdAt: Date;
  @Field(() => DateTime, { nullable: true, description: "Since when the key is refused." })
  revokedAt: Date | null;
}

export const MemberConnection = connectionType(Member, "Member");
export const ApiKeyConnection = connectionType(ApiKey, "ApiKey");

@ObjectType()
export class ApiKeyCreated {
  @Field(() => ApiKey) key: ApiKey;
  @Field(() => String, {
    nullable: true,
    description:
      "The bearer token. Store it now: it is shown once, and is null when you repeat the request with the same idempotencyKey.",
  })
  token: string | null;
}

@InputType()
export class CreateMemberInput {
  @Field(() => Role) role: RoleName;
  @Field(() => ID, { nullable: true, description: "Defaults to the caller's own supplier." })
  supplierId?: string | null;
  @Field(() => String) name: string;
  @Field(() => String) email: string;
  @Field(() => String, { description: "At least 12 characters." }) password: string;
  @Field(() => [ID], { nullable: true, description: sitesAsked }) sites?: string[] | null;
  @Field(() => [ID], { nullable: true, description: campaignsAsked }) campaigns?: string[] | null;
}

@InputType()
export class CreateApiKeyInput {
  @Field(() => Role) role: RoleName;
  @Field(() => ID, { nullable: true, description: "Defaults to the caller's own supplier." })
  supplierId?: string | null;
  @Field(() => String, { description: "What the key is for, so that you know which one to revoke." })
  label: string;
  @Field(() => [String], {
    nullable: true,
    description: "For FORM keys: the web origins that may use the key, such as https://www.example.com.",
  })
  origins?: string[] | null;
  @Field(() => [ID], { nullable: true, description: sitesAsked }) sites?: string[] | null;
  @Field(() => [ID], { nullable: true, description: campaignsAsked }) campaigns?: string[] | null;
  @Field(() => Environment, {
    defaultValue: "LIVE",
    description: "For keys of suppliers. The first SANDBOX key creates the supplier's sandbox.",
  })
  environment: keyof typeof Environment;
  @Field(() => String, {
    nullable: true,
    description:
      "Staff only: the reason for granting a live key before the supplier's go-live checks have passed. It is kept in the audit log, so do not name a person.",
  })
  waiveGoLive?: string | null;
}

interface MemberFacts extends Omit<Member, "name" | "email"> {
  readonly identity: { readonly name: string; readonly email: string };
}

const environmentOf = ({ sandbox = false }: { readonly sandbox?: boolean }): keyof typeof Environment =>
  sandbox ? "SANDBOX" : "LIVE";

export function toViewer(principal: Principal, name: string | null): Viewer {
  const scope = scopeOf(principal);
  const { role, limits } = principal;
  const facts = { role, limits, name, environment: environmentOf(principal) };
  return Object.assign(new Viewer(), { ...facts, scope: scope.role === "supplier" ? scope : null });
}

interface KeyFacts extends Omit<ApiKey, "environment" | "limits">, LimitColumns {
  readonly sandbox: boolean;
}

export function toMember({ identity, ...member }: MemberFacts): Member {
  const { id, role, supplierId, limits, createdAt, disabledAt } = member;
  return { id, role, supplierId, limits, createdAt, disabledAt, name: identity.name, email: identity.email };
}

export function toApiKey(key: KeyFacts): ApiKey {
  const { id, role, supplierId, label, origins, createdAt, revokedAt } = key;
  const environment = environmentOf(key);
  return { id, environment, role, supplierId, limits: limitsOf(key), label, origins, createdAt, revokedAt };
}
