/**
 * The lists that take more than the usual 100 items. The feature of each checks its bound, and
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
] as const;
