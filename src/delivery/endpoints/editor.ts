import { principalOf, wholeSupplierOf, type RequestContext } from "../../access/identity";

/** The supplier, and who acts on its behalf. */
export interface Editor {
  readonly supplierId: string;
  readonly actor: string;
}

/** The caller, who acts on behalf of a whole supplier. FORBIDDEN for a caller with limits. */
export const editorOf = (context: RequestContext): Editor => ({
  supplierId: wholeSupplierOf(context).supplierId,
  actor: principalOf(context).consumer,
});
