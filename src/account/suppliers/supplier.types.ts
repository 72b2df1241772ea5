import { Field, ID, InputType, ObjectType } from "type-graphql";
import { BillingMode } from "../ledger/account.types";
import type { BillingMode as Mode } from "../ledger";
import { connectionType } from "../../platform/graphql/connection";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import type { SiteView, SupplierView } from "./supplier-view";

@ObjectType({ description: "A place where a supplier works. A campaign may belong to one." })
export class Site {
  @Field(() => ID) id: string;
  @Field(() => String) name: string;
  @Field(() => String) siret: string;
  @Field(() => String) street: string;
  @Field(() => String) postcode: string;
  @Field(() => String) city: string;
}

@ObjectType({
  description:
    "One legal entity, which people consent to by name and which is billed. A group is only a label shared by several.",
})
export class Supplier {
  @Field(() => ID) id: string;
  @Field(() => String, { description: "The name people consent to." }) name: string;
  @Field(() => String) siren: string;
  @Field(() => String, { nullable: true }) vatNumber: string | null;
  @Field(() => String, { nullable: true }) groupLabel: string | null;
  @Field(() => String) street: string;
  @Field(() => String) postcode: string;
  @Field(() => String) city: string;
  @Field(() => ID, { description: "Decides the rate of VAT." }) departement: string;
  @Field(() => [String], { description: "The credit agencies that it asks about people." })
  creditAgencies: readonly string[];
  @Field(() => DateTime) createdAt: Date;
}

export const SupplierConnection = connectionType(Supplier, "Supplier");

@InputType()
export class CreateSupplierInput {
  @Field(() => String, { description: "The legal name, which people consent to." }) name: string;
  @Field(() => String) siren: string;
  @Field(() => String, { nullable: true }) vatNumber?: string | null;
  @Field(() => String) street: string;
  @Field(() => String) postcode: string;
  @Field(() => String) city: string;
  @Field(() => ID, { description: "Decides the rate of VAT." }) departement: string;
  @Field(() => BillingMode) billingMode: Mode;
  @Field(() => Cents, { defaultValue: 0, description: "0 on a prepaid account." }) creditLimitCents: number;
  @Field(() => [String], { nullable: true, description: "Whom it asks about people's credit." })
  creditAgencies?: string[] | null;
  @Field(() => String, { nullable: true }) groupLabel?: string | null;
}

@InputType()
export class CreateSiteInput {
  @Field(() => ID) supplierId: string;
  @Field(() => String) name: string;
  @Field(() => String, { description: "Begins with the supplier's SIREN." }) siret: string;
  @Field(() => String) street: string;
  @Field(() => String) postcode: string;
  @Field(() => String) city: string;
}

export const toSite = ({ id, name, siret, street, postcode, city }: SiteView): Site => ({
  id,
  name,
  siret,
  street,
  postcode,
  city,
});

export const toSupplier = (supplier: SupplierView): Supplier => ({ ...supplier });
