/** SQL for what made VAT due, given a `vat_line` `v` and the document `d` of its entry. */
export const dueBy = `CASE WHEN v.cause_kind <> 'DOCUMENT' THEN 'PAYMENT' WHEN d.kind = 'DEPOSIT' THEN 'ADVANCE'
  WHEN d.kind = 'INVOICE' THEN 'DEBITS' WHEN d.corrects IS NULL THEN 'ADVANCE' ELSE 'CREDIT_NOTE' END`;
