import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../platform/graphql/connection";
import { DateTime } from "../../platform/graphql/scalars";
import { limitsOf, type LimitColumns } from "./limits";
import { roles, type Limits as LimitsFact, type Principal, type Role as RoleName } from "./principal";
import { scopeOf, type SupplierScope } from "./scope";

export const Role = Object.fromEntries(roles.map((role) => [role, role])) as Record<RoleName, RoleName>;
registerEnumType(Role, {
  name: "Role",
  description: "What somebody is to CarAtlas, and so what they may do.",
});

@ObjectType({
  description:
    "The part of a supplier that somebody may see: these campaigns, and every campaign of these sites, also a later one.",
})
export class Limits implements LimitsFact {
  @Field(() => [ID]) sites: readonly string[];
  @Field(() => [ID]) campaigns: readonly string[];
}

const limitsShown = "null: no limits within the supplier.";
const sitesAsked =
  "Limits to these sites: their campaigns, also later ones, and the leads of these. Together with `campaigns`; never empty. For SUPPLIER_SALES and SUPPLIER_INTEGRATION.";
const campaignsAsked = "Limits to these campaigns and their leads. Never empty.";
export const Environment = { LIVE: "LIVE", SANDBOX: "SANDBOX" } as const;
registerEnumType(Environment, {
  name: "Environment",
  description:
    "SANDBOX: invented leads on demand, free of charge, apart from everything real. See docs/sandbox.md.",
});

@ObjectType({ description: "Who you are, as the server sees it." })
export class Viewer {
  /** In whose name a supplier's part of this type is read; shown as `supplier`. */
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
  @Field(() => DateTime, { nullable: true, description: "From then on this person cannot sign in." })
  disabledAt: Date | null;
}

@ObjectType({ description: "A machine's key. The key itself is shown once, when it is created." })
export class ApiKey {
  @Field(() => ID) id: string;
  @Field(() => Environment) environment: keyof typeof Environment;
  @Field(() => Role) role: RoleName;
  @Field(() => ID, { nullable: true, description: "null for form sites and staff." })
  supplierId: string | null;
  @Field(() => Limits, {
    nullable: true,
    description: `${limitsShown} A key keeps the limits it was made with.`,
  })
  limits: LimitsFact | null;
  @Field(() => String) label: string;
  @Field(() => [String], { description: "FORM keys: the web origins that may use it; empty means any." })
  origins: readonly string[];
  @Field(() => DateTime) createdAt: Date;
  @Field(() => DateTime, { nullable: true, description: "From then on the key is worth nothing." })
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
  @Field(() => [ID], { nullable: true, description: sitesAsked }) sites?: string[] | null;
  @Field(() => [ID], { nullable: true, description: campaignsAsked }) campaigns?: string[] | null;
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
  @Field(() => [ID], { nullable: true, description: sitesAsked }) sites?: string[] | null;
  @Field(() => [ID], { nullable: true, description: campaignsAsked }) campaigns?: string[] | null;
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
