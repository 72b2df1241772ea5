/** The totals of a document and its references to other documents, as parts of its XML. */
import { advancesOf, dueCents, type BillingDocument } from "./document";
import { day, element, xmlAmount, type Node } from "./xml";

export function totalsOf(document: BillingDocument): Node {
  const { netCents, vatCents, kind } = document;
  const advances = advancesOf(document);
  const paidCents = kind === "DEPOSIT" ? netCents + vatCents : advances.netCents + advances.vatCents;
  return {
    "ram:LineTotalAmount": xmlAmount(netCents),
    "ram:TaxBasisTotalAmount": xmlAmount(netCents),
    "ram:TaxTotalAmount": element({ currencyID: "EUR" }, xmlAmount(vatCents)),
    "ram:GrandTotalAmount": xmlAmount(netCents + vatCents),
    ...(paidCents === 0 ? {} : { "ram:TotalPrepaidAmount": xmlAmount(paidCents) }),
    "ram:DuePayableAmount": xmlAmount(dueCents(document)),
  };
}

/** The documents that this one corrects, and the deposit invoices it uses (BG-3). */
export function referencesOf(document: BillingDocument): Node {
  const references = [...document.corrects, ...document.advances];
  if (references.length === 0) return {};
  return {
    "ram:InvoiceReferencedDocument": references.map(({ name, issuedOn }) => ({
      "ram:IssuerAssignedID": name,
      "ram:FormattedIssueDateTime": { "qdt:DateTimeString": day(issuedOn) },
    })),
  };
}
