import { Field, ID, InputType, ObjectType } from "type-graphql";
import { BillingMode } from "../ledger/account.types";
import type { BillingMode as Mode } from "../ledger";
import { connectionType } from "../../platform/graphql/connection";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import { electronicAddressOf } from "./electronic-address";
import { identifiersOf, siteIdentifiersOf } from "./identifiers";
import { CompanyIdentifier, ElectronicAddress, ElectronicAddressInput } from "./company.types";
import type { SiteView, SupplierView } from "./supplier-view";

const siren = "The number of the company in the French register: nine digits";
const siret = "The number of the place in the French register: the SIREN and five digits";
const departement = "A code such as 69, 2A or 974. It decides the rate of VAT";
const country = "Two letters (ISO 3166-1 alpha-2), such as FR or BE.";
const postcode = "Five digits in France and Monaco, elsewhere as it is written in the country.";
const withdrawn = (instead: string): string => `Use ${instead}. Withdrawn after 2028-01-31.`;
const groupLabel = "A name that several suppliers share";
const line = "One line of 1 to 200 characters.";

@ObjectType({ description: "A place where a supplier works. A campaign may belong to one." })
export class Site {
  @Field(() => ID, { description: "The id of the site." }) id: string;
  @Field(() => String, { description: "The name of the place." }) name: string;
  @Field(() => String, {
    description: `${siret}; empty outside France.`,
    deprecationReason: withdrawn("identifiers"),
  })
  siret: string;
  @Field(() => [CompanyIdentifier], {
    description: "The numbers of the place in registers; empty outside France.",
  })
  identifiers: readonly CompanyIdentifier[];
  @Field(() => String, { description: "Street and number." }) street: string;
  @Field(() => String, { description: postcode }) postcode: string;
  @Field(() => String, { description: "The town, which people are shown." }) city: string;
  @Field(() => String, { description: country }) country: string;
}

@ObjectType({
  description:
    "One legal entity, which people consent to by name and which is billed. A group is only a label shared by several.",
})
export class Supplier {
  @Field(() => ID, { description: "The id of the supplier." }) id: string;
  @Field(() => String, { description: "The name people consent to." }) name: string;
  @Field(() => String, {
    description: `${siren}; empty for a company abroad.`,
    deprecationReason: withdrawn("identifiers"),
  })
  siren: string;
  @Field(() => [CompanyIdentifier], {
    description:
      "The numbers by which registers and tax authorities know it; the one that identifies it first: the SIREN, or the number in the register of its country.",
  })
  identifiers: readonly CompanyIdentifier[];
  @Field(() => String, { description: `Where it is registered. ${country}` }) country: string;
  @Field(() => ElectronicAddress, {
    nullable: true,
    description:
      "Where e-invoices reach it: the address that was given, or the usual one of its country; null if neither is known.",
  })
  electronicAddress: ElectronicAddress | null;
  @Field(() => String, {
    nullable: true,
    description: "The VAT number in the country where it is registered; null if it has none.",
  })
  vatNumber: string | null;
  @Field(() => String, { nullable: true, description: `${groupLabel}; null if it has none.` })
  groupLabel: string | null;
  @Field(() => String, { description: "Street and number of its registered office." }) street: string;
  @Field(() => String, { description: postcode }) postcode: string;
  @Field(() => String, { description: "The town of its registered office." }) city: string;
  @Field(() => ID, {
    description: `${departement}; empty for a company abroad.`,
    deprecationReason: withdrawn("departementCode"),
  })
  departement: string;
  @Field(() => ID, { nullable: true, description: `${departement}; null for a company abroad.` })
  departementCode: string | null;
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
      "1 to 100 characters: a part of the name or of the group's label, or the beginning of the SIREN, of the VAT number or of the number in the register of its country.",
  })
  text?: string | null;
  @Field(() => ID, { nullable: true, description: "Only suppliers of this département." })
  departement?: string | null;
  @Field(() => String, { nullable: true, description: "Only suppliers that are registered in this country." })
  country?: string | null;
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
  @Field(() => String, {
    nullable: true,
    description: `${country} FR by default. The departements and collectivities whose companies have a SIREN belong to FR.`,
  })
  country?: string | null;
  @Field(() => String, {
    nullable: true,
    description: `${siren}. Required in France and refused elsewhere, except in Monaco and the collectivities. Spaces are ignored.`,
  })
  siren?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The VAT number: in France that of this SIREN; required in the EU and in Monaco, where its check digits have to be right. None by default.",
  })
  vatNumber?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The number in the register of its country. Required outside France and refused in France. Blanks, dots and hyphens are ignored.",
  })
  registerNumber?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The name of that register, with its place: 1 to 100 characters. Not needed where a country has one register that is known here, such as Belgium.",
  })
  registerName?: string | null;
  @Field(() => ElectronicAddressInput, {
    nullable: true,
    description: "Where e-invoices reach it. By default the usual address of its country.",
  })
  electronicAddress?: ElectronicAddressInput | null;
  @Field(() => String, { description: `Street and number of its registered office. ${line}` }) street: string;
  @Field(() => String, { description: postcode }) postcode: string;
  @Field(() => String, { description: `The town. ${line}` }) city: string;
  @Field(() => ID, {
    nullable: true,
    description: `${departement}. Required in France and refused elsewhere.`,
  })
  departement?: string | null;
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
  @Field(() => String, { nullable: true, description: `${country} That of the supplier by default.` })
  country?: string | null;
  @Field(() => String, {
    nullable: true,
    description: `${siret}. Required in France and refused elsewhere. Begins with the supplier's SIREN.`,
  })
  siret?: string | null;
  @Field(() => String, { description: `Street and number. ${line}` }) street: string;
  @Field(() => String, { description: postcode }) postcode: string;
  @Field(() => String, { description: `The town. ${line}` }) city: string;
}

export const toSite = ({ id, name, siret, street, postcode, city, country: at }: SiteView): Site => ({
  ...{ id, name, street, postcode, city, country: at },
  siret: siret ?? "",
  identifiers: siteIdentifiersOf({ siret }),
});

export const toSupplier = (supplier: SupplierView): Supplier => ({
  ...supplier,
  siren: supplier.siren ?? "",
  departement: supplier.departement ?? "",
  departementCode: supplier.departement,
  identifiers: identifiersOf(supplier),
  electronicAddress: electronicAddressOf(supplier),
});
