/**
 * The lists whose feature checks their bound, most of them because they take more than the usual 100 items, and
 * test/integration/list-bounds.test.ts sends each at full length and with one item more.
 */
export const listsWithOwnBound = [
  "CampaignInput.zones",
  "CampaignInput.excludedZones",
  "CriterionInput.oneOf",
  "CriterionInput.noneOf",
  "CreateApiKeyInput.siteIds",
  "CreateApiKeyInput.campaignIds",
  "CreateMemberInput.siteIds",
  "CreateMemberInput.campaignIds",
  "UpdateMemberLimitsInput.siteIds",
  "UpdateMemberLimitsInput.campaignIds",
  "EndpointInput.siteIds",
  "EndpointInput.campaignIds",
  "addOwnCustomers.hashes",
  "removeOwnCustomers.hashes",
  "reportOutcomes.input",
] as const;
