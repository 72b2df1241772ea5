/** Roles that may use each root field of the billing module. */
import { roleSets, type RolePermissions } from "../access/identity";

const { supplier, supplierAdmin, finance } = roleSets;

export const billingPermissions: RolePermissions = {
  // documents
  billingDocuments: [...supplier, ...finance],
  billingDocument: [...supplier, ...finance],
  leadStatement: [...supplier, ...finance],
  // payments
  payments: [...supplierAdmin, ...finance],
  setUpPayment: supplierAdmin,
  topUp: supplierAdmin,
  setAutomaticTopUp: supplierAdmin,
  collectInvoice: finance,
  refundPayments: finance,
  // dispatch
  sendDocument: finance,
  resendDocument: finance,
  salesReports: finance,
  salesReport: finance,
  resendSalesReport: finance,
  // bank
  bankLines: finance,
  bankStatements: finance,
  bankStatement: finance,
  importBankStatement: finance,
  importBankStatementFile: finance,
  bankStatementChanged: finance,
  assignBankLine: finance,
  splitBankLine: finance,
  matchBankLine: finance,
  bookBankLine: finance,
  undoBankLine: finance,
  // reconciliation
  reconciliation: finance,
  booked: finance,
  // reporting
  accountChanged: supplier,
  setBalanceAlert: supplierAdmin,
  setSpendCap: supplierAdmin,
  ledgerProof: finance,
  vatSummary: finance,
  euServices: finance,
  agedReceivables: finance,
  lateVatEntries: finance,
  fec: finance,
  journal: finance,
  accountingMonth: finance,
  lockMonth: finance,
  unlockMonth: finance,
  recordBankTransfer: finance,
  reverseBankTransfer: finance,
  issueInvoice: finance,
  refundBalance: finance,
  writeOffInvoice: finance,
  chargeLateFees: finance,
  previewInvoices: finance,
  issueInvoices: finance,
  invoiceRun: finance,
  invoiceRunChanged: finance,
};
