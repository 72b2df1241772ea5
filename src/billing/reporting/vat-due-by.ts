/** What made VAT due, by the entry `e` that says so and the document `d` behind it. */
export const dueBy = `CASE WHEN e.cause_kind <> 'DOCUMENT' THEN 'PAYMENT' WHEN d.kind = 'DEPOSIT' THEN 'ADVANCE'
  WHEN d.kind = 'INVOICE' THEN 'DEBITS' WHEN d.corrects IS NULL THEN 'ADVANCE' ELSE 'CREDIT_NOTE' END`;
