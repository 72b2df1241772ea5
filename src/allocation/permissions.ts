/** Who may use the root fields of the allocation module. */
import { roleSets, type Permissions } from "../access/identity";

const { supplier, auditors } = roleSets;

export const allocationPermissions: Permissions = {
  // assign
  campaignCaps: supplier,
  decision: auditors,
  replayDecisions: auditors,
  // insights
  missedLeads: supplier,
  whyNot: supplier,
  simulate: supplier,
};
