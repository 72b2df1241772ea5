import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { roles, type Limits as LimitsFact, type Principal, type Role as RoleName } from "./principal";
import { scopeOf, type SupplierScope } from "./scope";

export const Role = Object.fromEntries(roles.map((role) => [role, role])) as Record<RoleName, RoleName>;
registerEnumType(Role, {
  name: "Role",
  description: "The role of a caller. It decides which root fields the caller may use.",
  valuesConfig: {
    FORM: { description: "A form site, which submits leads." },
    CONSUMER: { description: "The person behind a lead, who uses a personal link." },
    SUPPLIER_SALES: { description: "A salesperson of a supplier: reads leads and reports outcomes." },
    SUPPLIER_INTEGRATION: {
      description: "A client of a supplier: reads the feed and leads, and has endpoints.",
    },
    SUPPLIER_ADMIN: { description: "An administrator of a supplier: also its money and its people." },
    OPERATOR: { description: "Staff who register suppliers and follow allocation." },
    FINANCE: { description: "Staff who invoice and keep the books." },
    DPO: { description: "Staff for data protection." },
    ADMIN: { description: "Staff with all rights of the other staff." },
  },
});

@ObjectType({
  description:
    "The part of a supplier that a member, key or endpoint may see: these campaigns, and every campaign of these sites, including those created later.",
})
export class Limits implements LimitsFact {
  @Field(() => [ID], {
    name: "siteIds",
    description: "The sites; empty when only campaigns are listed.",
  })
  sites: readonly string[];
  @Field(() => [ID], {
    name: "campaignIds",
    description: "The campaigns besides those of the sites; empty when only sites are listed.",
  })
  campaigns: readonly string[];
}

export const Environment = { LIVE: "LIVE", SANDBOX: "SANDBOX" } as const;
registerEnumType(Environment, {
  name: "Environment",
  description: "Whether a key works with real leads or in the supplier's sandbox.",
  valuesConfig: {
    LIVE: { description: "Real leads, real people and real money." },
    SANDBOX: {
      description:
        "Invented leads on demand, free of charge and separate from all real data. See docs/sandbox.md.",
    },
  },
});

@ObjectType({ description: "The caller, as authenticated by the bearer token." })
export class Viewer {
  /** The scope in which the `supplier` field is read; null unless the viewer belongs to a supplier. */
  scope: SupplierScope | null;
  @Field(() => Limits, {
    nullable: true,
    description: "What your access is limited to; null when it is not limited within the supplier.",
  })
  limits: LimitsFact | null;
  @Field(() => Role, { description: "Your role." }) role: RoleName;
  @Field(() => String, {
    nullable: true,
    description: "Your name, or your key's label; null for the person behind a lead.",
  })
  name: string | null;
  @Field(() => Environment, { description: "SANDBOX for a key of a sandbox, otherwise LIVE." })
  environment: keyof typeof Environment;
}

export const environmentOf = ({
  sandbox = false,
}: {
  readonly sandbox?: boolean;
}): keyof typeof Environment => (sandbox ? "SANDBOX" : "LIVE");

export function toViewer(principal: Principal, name: string | null): Viewer {
  const scope = scopeOf(principal);
  const { role, limits } = principal;
  const facts = { role, limits, name, environment: environmentOf(principal) };
  return Object.assign(new Viewer(), { ...facts, scope: scope.role === "supplier" ? scope : null });
}
