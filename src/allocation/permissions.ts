/** Who may use the root fields of the allocation module. */
import { roleSets, type RolePermissions } from "../access/identity";

const { supplier, auditors } = roleSets;

export const allocationPermissions: RolePermissions = {
  // assign
  campaignCaps: supplier,
  decision: auditors,
  replayDecisions: auditors,
  // insights
  missedLeads: supplier,
  whyNot: supplier,
  simulate: supplier,
};
