/**
 * Which roles may call which root field. What does not stand here does not exist: the schema is not
 * built. Whose rows they then see is row-level security's answer, not this table's.
 */
import type { Role } from "./principal";

const supplier: readonly Role[] = ["SUPPLIER_SALES", "SUPPLIER_INTEGRATION", "SUPPLIER_ADMIN"];
/** Who may hold the secrets of a supplier. */
const supplierMachines: readonly Role[] = ["SUPPLIER_INTEGRATION", "SUPPLIER_ADMIN"];
const staff: readonly Role[] = ["OPERATOR", "FINANCE", "DPO", "ADMIN"];
const consumer: readonly Role[] = ["CONSUMER"];
const form: readonly Role[] = ["FORM"];
const formReaders: readonly Role[] = [...form, ...supplier, ...staff];
const operators: readonly Role[] = ["OPERATOR", "ADMIN"];
const finance: readonly Role[] = ["FINANCE", "ADMIN"];
/** Who hands out access; grants.ts says which. */
const granters: readonly Role[] = ["SUPPLIER_ADMIN", "OPERATOR", "ADMIN"];

export const permissions: Readonly<Record<string, readonly Role[] | "PUBLIC">> = {
  products: formReaders,
  form: formReaders,
  vehicleMakes: formReaders,
  vehicleModels: formReaders,
  communes: formReaders,
  previewRecipients: form,
  submitLead: form,
  confirmPhone: form,
  resendCode: form,

  signIn: "PUBLIC",
  revocationByLink: "PUBLIC",
  acknowledgeRevocationByLink: "PUBLIC",
  signOut: [...supplier, ...staff],
  viewer: [...form, ...consumer, ...supplier, ...staff],

  myRequest: consumer,
  withdrawConsent: consumer,

  campaigns: supplier,
  campaign: supplier,
  leads: supplier,
  lead: supplier,
  feed: supplier,
  account: supplier,
  accountChanged: supplier,
  setBalanceAlert: ["SUPPLIER_ADMIN"],
  leadFeed: supplier,
  campaignCaps: supplier,
  missedLeads: supplier,
  whyNot: supplier,
  simulate: supplier,
  createCampaign: supplier,
  updateCampaign: supplier,
  setCampaignStatus: supplier,
  acknowledge: supplier,
  acknowledgeRevocation: supplier,
  reportOutcomes: supplier,
  requestReturn: supplier,
  goLive: [...supplier, "OPERATOR", "ADMIN"],
  sandboxMatch: supplier,
  sandboxUpdate: supplier,
  sandboxRevoke: supplier,
  sandboxCapReached: supplier,
  sandboxReturnDecided: supplier,
  sandboxDuplicate: supplier,
  ownCustomerList: supplierMachines,
  addOwnCustomers: supplierMachines,
  removeOwnCustomers: supplierMachines,

  endpoints: supplierMachines,
  endpoint: supplierMachines,
  createEndpoint: supplierMachines,
  updateEndpoint: supplierMachines,
  pauseEndpoint: supplierMachines,
  resumeEndpoint: supplierMachines,
  deleteEndpoint: supplierMachines,
  rotateEndpointSecret: supplierMachines,
  replayEndpoint: supplierMachines,
  testEndpoint: supplierMachines,
  resendDeadLetter: supplierMachines,

  suppliers: ["OPERATOR", "FINANCE", "ADMIN"],
  supplier: ["OPERATOR", "FINANCE", "ADMIN"],
  createSupplier: operators,
  createSite: operators,
  reviewQuality: operators,
  apiKeys: granters,
  members: granters,
  createMember: granters,
  limitMember: granters,
  disableMember: granters,
  createApiKey: granters,
  revokeApiKey: granters,
  setPrice: finance,
  setBilling: finance,
  recordBankTransfer: finance,
  creditLead: finance,
  payments: ["SUPPLIER_ADMIN", ...finance],
  setUpPayment: ["SUPPLIER_ADMIN"],
  topUp: ["SUPPLIER_ADMIN"],
  setAutomaticTopUp: ["SUPPLIER_ADMIN"],
  collectInvoice: finance,
  billingDocuments: [...supplier, ...finance],
  billingDocument: [...supplier, ...finance],
  setBillingProfile: finance,
  issueInvoice: finance,
  refundBalance: finance,
  writeOffInvoice: finance,
  previewInvoices: finance,
  issueInvoices: finance,
  invoiceRun: finance,
  ledgerProof: finance,
  vatSummary: finance,
  euServices: finance,
  agedReceivables: finance,
  fec: finance,
  reconciliation: finance,
  unmatchedBankLines: finance,
  importBankStatement: finance,
  assignBankLine: finance,
  lockMonth: finance,
  unlockMonth: finance,
  decideReturn: ["OPERATOR", "FINANCE", "ADMIN"],
  returnsToDecide: ["OPERATOR", "FINANCE", "ADMIN"],
  returnRates: ["OPERATOR", "FINANCE", "ADMIN"],
  decision: ["OPERATOR", "DPO", "ADMIN"],
  replayDecisions: ["OPERATOR", "DPO", "ADMIN"],
  eraseRequest: ["DPO", "ADMIN"],
};
