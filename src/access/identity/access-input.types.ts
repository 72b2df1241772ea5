import { Field, ID, InputType } from "type-graphql";
import type { Role as RoleName } from "./principal";
import { Environment, Role } from "./viewer.types";

const supplierAsked =
  "The supplier. Your own by default; staff must give it for the roles of a supplier, and leave it out for others.";
const sitesAsked =
  "Limits access to these sites: their campaigns, including those created later, and the leads of these campaigns. Adds to `campaignIds`. Only for SUPPLIER_SALES and SUPPLIER_INTEGRATION. 1 to 200 ids in both lists together; an empty list is INVALID_INPUT.";
const campaignsAsked =
  "Limits access to these campaigns and their leads. Adds to `siteIds`, under the same conditions.";

@InputType({ description: "A person who will be able to sign in." })
export class CreateMemberInput {
  @Field(() => Role, { description: "FORBIDDEN for a role that you may not grant." }) role: RoleName;
  @Field(() => ID, { nullable: true, description: supplierAsked }) supplierId?: string | null;
  @Field(() => String, { description: "The person's name: one line of 1 to 120 characters." }) name: string;
  @Field(() => String, {
    description:
      "The address that the person signs in with, at most 254 characters. CONFLICT if it is in use.",
  })
  email: string;
  @Field(() => String, { description: "12 to 200 characters." }) password: string;
  @Field(() => [ID], { nullable: true, description: sitesAsked }) siteIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: campaignsAsked }) campaignIds?: string[] | null;
}

@InputType({
  description:
    "What changes. A list that is absent stays as it is, and null removes it. Without both lists there is no limit.",
})
export class UpdateMemberLimitsInput {
  @Field(() => [ID], { nullable: true, description: sitesAsked }) siteIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: campaignsAsked }) campaignIds?: string[] | null;
}

@InputType({ description: "A key with which a machine will call the API." })
export class CreateApiKeyInput {
  @Field(() => Role, { description: "FORBIDDEN for a role that you may not grant." }) role: RoleName;
  @Field(() => ID, { nullable: true, description: supplierAsked }) supplierId?: string | null;
  @Field(() => String, {
    description:
      "What the key is for, so that you know which one to revoke: one line of 1 to 120 characters.",
  })
  label: string;
  @Field(() => [String], {
    nullable: true,
    description:
      "For FORM keys: at most 50 web origins that may use the key, such as https://www.example.com. Empty or absent allows any.",
  })
  origins?: string[] | null;
  @Field(() => [ID], { nullable: true, description: sitesAsked }) siteIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: campaignsAsked }) campaignIds?: string[] | null;
  @Field(() => Environment, {
    defaultValue: "LIVE",
    description: "For keys of suppliers. The first SANDBOX key creates the supplier's sandbox.",
  })
  environment: keyof typeof Environment;
  @Field(() => String, {
    nullable: true,
    description:
      "Staff only: the reason for granting a live key before the supplier's go-live checks have passed, 1 to 500 characters. It is kept in the audit log, so do not name a person.",
  })
  waiveGoLive?: string | null;
}
