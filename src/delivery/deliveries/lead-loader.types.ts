/** Loads the leads that the objects of one answer refer to, all with one query and as their supplier may see them. */
import DataLoader from "dataloader";
import { remembered, supplierScopeOf, type RequestContext, type SupplierScope } from "../../access/identity";
import { toLead, type Lead } from "./lead.types";
import type { LeadView } from "./lead-view";

const leadsKey = Symbol("leads by id");

interface LeadsById {
  readonly byIds: (scope: SupplierScope, ids: readonly string[]) => Promise<(LeadView | null)[]>;
}

/** null once the right to the lead has ended, and for a lead of somebody else. */
export async function leadOf(
  context: RequestContext,
  inbox: LeadsById,
  leadId: string,
): Promise<Lead | null> {
  const view = await remembered(context, leadsKey, () => loaderOf(context, inbox)).load(leadId);
  return view && toLead(view);
}

const loaderOf = (context: RequestContext, inbox: LeadsById): DataLoader<string, LeadView | null> =>
  new DataLoader((ids) => inbox.byIds(supplierScopeOf(context), ids));
