import { Field, InputType, ObjectType, registerEnumType } from "type-graphql";
import type * as identifiers from "./identifiers";

export const CompanyIdentifierKind = {
  ...{ SIREN: "SIREN", SIRET: "SIRET", REGISTER_NUMBER: "REGISTER_NUMBER", VAT_NUMBER: "VAT_NUMBER" },
} as const;
registerEnumType(CompanyIdentifierKind, {
  name: "CompanyIdentifierKind",
  description: "What kind of number identifies a company or a place where it works.",
  valuesConfig: {
    SIREN: { description: "The number of the company in the French register: nine digits." },
    SIRET: { description: "The number of the place in the French register: the SIREN and five digits." },
    REGISTER_NUMBER: {
      description:
        "The number of the company in the register of its country, without blanks, dots and hyphens.",
    },
    VAT_NUMBER: { description: "The VAT number, which begins with letters for the country." },
  },
});

@ObjectType({ description: "A number by which a register or a tax authority knows a company." })
export class CompanyIdentifier {
  @Field(() => CompanyIdentifierKind, { description: "What kind of number it is." })
  kind: identifiers.IdentifierKind;
  @Field(() => String, { description: "The number itself." }) value: string;
  @Field(() => String, {
    nullable: true,
    description: "The register that gave the number, such as BCE/KBO; null for a VAT number.",
  })
  register: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The code of this kind of number in ISO 6523, such as 0002 or 0208; null if it has none.",
  })
  icd: string | null;
}

const scheme =
  "A code of the list EAS of EN 16931, such as 0225 (SIREN), 0208 (Belgium) or 9930 (German VAT number).";

@ObjectType({ description: "Where e-invoices reach a company." })
export class ElectronicAddress {
  @Field(() => String, { description: scheme }) scheme: string;
  @Field(() => String, { description: "The address in that scheme." }) value: string;
}

@InputType({ description: "Where e-invoices reach a company." })
export class ElectronicAddressInput {
  @Field(() => String, {
    description: `${scheme} It has to be 0225 for a company with a SIREN, and is another code for all others.`,
  })
  scheme: string;
  @Field(() => String, {
    description:
      "The address in that scheme: one line of 1 to 100 characters. In scheme 0225 the SIREN, also followed by _ and a suffix.",
  })
  value: string;
}
