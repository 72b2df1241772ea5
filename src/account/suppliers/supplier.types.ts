import { Field, ID, InputType, ObjectType } from "type-graphql";
import { BillingMode } from "../ledger/account.types";
import type { BillingMode as Mode } from "../ledger";
import { connectionType } from "../../platform/graphql/connection";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import type { SiteView, SupplierView } from "./supplier-view";

const siren = "The number of the company in the French register: nine digits.";
const siret = "The number of the place in the French register: the SIREN and five digits.";
const departement = "A code such as 69, 2A or 974. It decides the rate of VAT.";
const groupLabel = "A name that several suppliers share";
const line = "One line of 1 to 200 characters.";

@ObjectType({ description: "A place where a supplier works. A campaign may belong to one." })
export class Site {
  @Field(() => ID, { description: "The id of the site." }) id: string;
  @Field(() => String, { description: "The name of the place." }) name: string;
  @Field(() => String, { description: siret }) siret: string;
  @Field(() => String, { description: "Street and number." }) street: string;
  @Field(() => String, { description: "Five digits." }) postcode: string;
  @Field(() => String, { description: "The town, which people are shown." }) city: string;
}

@ObjectType({
  description:
    "One legal entity, which people consent to by name and which is billed. A group is only a label shared by several.",
})
export class Supplier {
  @Field(() => ID, { description: "The id of the supplier." }) id: string;
  @Field(() => String, { description: "The name people consent to." }) name: string;
  @Field(() => String, { description: siren }) siren: string;
  @Field(() => String, { nullable: true, description: "The French VAT number; null if it has none." })
  vatNumber: string | null;
  @Field(() => String, { nullable: true, description: `${groupLabel}; null if it has none.` })
  groupLabel: string | null;
  @Field(() => String, { description: "Street and number of its registered office." }) street: string;
  @Field(() => String, { description: "Five digits." }) postcode: string;
  @Field(() => String, { description: "The town of its registered office." }) city: string;
  @Field(() => ID, { description: departement }) departement: string;
  @Field(() => [String], { description: "The credit agencies that it asks about people." })
  creditAgencies: readonly string[];
  @Field(() => DateTime, { description: "When it was registered here." }) createdAt: Date;
}

export const SupplierConnection = connectionType(Supplier, "Supplier");

@InputType({ description: "A supplier has to meet all conditions given; null does not filter." })
export class SupplierFilter {
  @Field(() => String, {
    nullable: true,
    description:
      "1 to 100 characters: a part of the name or of the group's label, or the beginning of the SIREN.",
  })
  text?: string | null;
  @Field(() => ID, { nullable: true, description: "Only suppliers of this département." })
  departement?: string | null;
  @Field(() => BillingMode, { nullable: true, description: "Only suppliers that are billed in this way." })
  billingMode?: Mode | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "True for suppliers whose account is suspended, false for the others.",
  })
  isSuspended?: boolean | null;
}

@InputType({ description: "A legal entity that will buy leads." })
export class CreateSupplierInput {
  @Field(() => String, { description: `The legal name, which people consent to. ${line}` }) name: string;
  @Field(() => String, { description: `${siren} Spaces are ignored.` }) siren: string;
  @Field(() => String, {
    nullable: true,
    description: "The French VAT number of this SIREN. None by default.",
  })
  vatNumber?: string | null;
  @Field(() => String, { description: `Street and number of its registered office. ${line}` }) street: string;
  @Field(() => String, { description: "Five digits." }) postcode: string;
  @Field(() => String, { description: `The town. ${line}` }) city: string;
  @Field(() => ID, { description: departement }) departement: string;
  @Field(() => BillingMode, { description: "PREPAID or POSTPAID." }) billingMode: Mode;
  @Field(() => Cents, {
    defaultValue: 0,
    description: "What it may owe, from 0 to 100000000000; 0 on a prepaid account.",
  })
  creditLimitCents: number;
  @Field(() => [String], {
    nullable: true,
    description: "At most 20 credit agencies that it asks about people. None by default.",
  })
  creditAgencies?: string[] | null;
  @Field(() => String, { nullable: true, description: `${groupLabel}. ${line} None by default.` })
  groupLabel?: string | null;
}

@InputType({ description: "A place where a supplier works." })
export class CreateSiteInput {
  @Field(() => ID, { description: "The supplier." }) supplierId: string;
  @Field(() => String, { description: `The name of the place. ${line}` }) name: string;
  @Field(() => String, { description: `${siret} Begins with the supplier's SIREN.` }) siret: string;
  @Field(() => String, { description: `Street and number. ${line}` }) street: string;
  @Field(() => String, { description: "Five digits." }) postcode: string;
  @Field(() => String, { description: `The town. ${line}` }) city: string;
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
