/** What the rules of the API's style cannot see in the schema itself, each with its reason. */

/** Names of ids that are codes of a public vocabulary, or a reference that people quote. They need no `Id`. */
exports.codes = new Set([
  "cog",
  "commune",
  "country",
  "departement",
  "departementCode",
  "field",
  "inseeCode",
  "make",
  "product",
  "reference",
  "region",
  "sample",
  "subject",
]);

/** Mutations that move money, send or append, and were never published without a key: the key is required. */
exports.keyRequired = new Set([
  "assignBankLine",
  "bookBankLine",
  "chargeLateFees",
  "collectInvoice",
  "decideReturn",
  "issueInvoice",
  "issueInvoices",
  "lockMonth",
  "refundBalance",
  "refundPayments",
  "replayEndpoint",
  "resendDeadLetter",
  "resendDocument",
  "sendDocument",
  "setUpPayment",
  "testEndpoint",
  "topUp",
  "unlockMonth",
  "writeOffInvoice",
]);

/** Mutations without an idempotencyKey, and why repeating one does no harm. */
exports.repeatable = {
  acceptTerms: "Accepting the same version again changes nothing.",
  acknowledge: "The position only moves forwards.",
  acknowledgeRevocation: "The same answer again changes nothing.",
  acknowledgeRevocationByLink: "The same answer again changes nothing.",
  addOwnCustomers: "A hash that is in the list is only refreshed.",
  checkRegistration: "The newest check of a number counts.",
  confirmPhone: "A code works once, and a confirmed request stays confirmed.",
  deleteEndpoint: "A deleted endpoint stays deleted.",
  disableMember: "A disabled member stays disabled.",
  eraseRequest: "An erased request stays erased.",
  importBankStatement: "Each line is imported once.",
  limitMember: "It sets values.",
  pauseEndpoint: "A paused endpoint stays paused.",
  previewRecipients: "Nothing is stored.",
  recordRegisterCheck: "The newest check of a number counts.",
  removeOwnCustomers: "Hashes that are not in the list are ignored.",
  reportOutcomes: "A repeated report counts once.",
  resendCode: "The newest code works.",
  resumeEndpoint: "An active endpoint stays active.",
  revokeApiKey: "A revoked key stays revoked.",
  rotateEndpointSecret: "The newest secret signs; a secret is never shown twice.",
  sandboxCapReached: "Nothing real happens in a sandbox.",
  sandboxDuplicate: "Nothing real happens in a sandbox.",
  sandboxMatch: "Nothing real happens in a sandbox.",
  sandboxReturnDecided: "Nothing real happens in a sandbox.",
  sandboxRevoke: "Nothing real happens in a sandbox.",
  sandboxUpdate: "Nothing real happens in a sandbox.",
  setAutomaticTopUp: "It sets values.",
  setBalanceAlert: "It sets values.",
  setBilling: "It sets values.",
  setCampaignStatus: "It sets a value.",
  setSpendCap: "It sets values.",
  signIn: "It starts a session.",
  signOut: "An ended session stays ended.",
  submitLead: "The key is a field of its input.",
  updateBillingProfile: "It sets values.",
  updateCampaign: "It sets values; ifVersion refuses a second application.",
  updateEndpoint: "It sets values.",
  waiveOnboarding: "A waived supplier stays waived.",
  withdrawReturn: "A withdrawn return stays withdrawn.",
  withdrawConsent: "A withdrawn consent stays withdrawn.",
};

/** Query fields that return a whole list, and what keeps it short. */
exports.bounded = {
  communes: "The communes of one postcode.",
  euServices: "The suppliers in other EU countries in one month.",
  priceFloors: "The floors of one product.",
  products: "The products of the catalogue.",
  vatSummary: "One line for each rate and each reason.",
  vehicleMakes: "The makes of the French market.",
  vehicleModels: "At most `first` models.",
};

/** Ids without the object beside them, because whoever reads them must not see it. */
exports.hidden = {
  "Posting.leadId": "Finance reads postings, too, and must not see the person.",
  "Limits.campaignIds":
    "Staff list keys and members, too, and have no campaigns in their API; suppliers use campaign(id).",
  "BankTransferRecorded.transferId":
    "A transfer is no object of the API; its postings show the bank's reference.",
  "BilledLead.leadId": "Finance must not see the person; the supplier reads the lead in `leads`.",
  "ConsentActView.supplierIds":
    "A person reads the names of the suppliers that it was shown, and nothing else of them.",
  "DeleteEndpointPayload.endpointId": "The endpoint is deleted.",
  "EndpointPaused.endpointId":
    "Salespeople and keys with limits read the feed too, and may not see endpoints.",
  "LeadCredited.leadId": "Finance must not see the person.",
  "LeadRevoked.leadId": "The right to the lead has ended.",
  "OutcomeResult.leadId": "Each report is answered, also one about a lead that is not yours.",
  "Recipient.supplierId": "Form sites and persons read of a supplier only what is shown.",
  "RequestRecipient.supplierId": "A person reads of a supplier only what it was shown.",
  "RevocationStatus.leadId": "The right to the lead has ended.",
  "SandboxRevokePayload.leadId": "The right to the lead has ended.",
};

/** The only places of JSON: answers to a form, GeoJSON, and records whose shape is not the API's. */
exports.json = new Set([
  "Answer.value",
  "AnswerInput.value",
  "Criterion.max",
  "Criterion.min",
  "Criterion.noneOf",
  "Criterion.oneOf",
  "CriterionInput.max",
  "CriterionInput.min",
  "CriterionInput.noneOf",
  "CriterionInput.oneOf",
  "DecisionMade.differences",
  "DecisionMade.record",
  "DifferingDecision.differences",
  "Endpoint.options",
  "EndpointInput.options",
  "UpdateEndpointInput.options",
  "Zone.input",
  "Zone.polygon",
  "ZoneInput.polygon",
]);

/** Words that are too general for the name of a type, because names are global and last. */
exports.generalNames = new Set(["Item", "Moment", "Note", "Right", "Sending", "Session", "Thing"]);
