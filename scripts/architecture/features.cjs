/**
 * The architecture as data: which feature may use the door of which, which tables it owns, and what it may read of
 * others' tables. `.dependency-cruiser.cjs` checks the imports against it, `owners.mjs` the SQL.
 *
 * A feature is `src/<module>/<feature>/`. The modules stand in the order in which a lead travels: a feature uses and
 * reads only what stands above it. A feature that is not listed here cannot be imported, and can own no table.
 *
 * - `mayUse`: features whose `index.ts` it may import.
 * - `owns`: tables that it alone writes.
 * - `publishes`: views on its own tables for others to read.
 * - `mayRead`: tables and views of others, each with the reason. Of another module only views can be read, unless the
 *   entry says `rows: true`.
 */
const features = {
  "reference/geo": { mayUse: [], owns: ["commune_centroid"] },
  "reference/catalogue": { mayUse: [], owns: ["form_version"] },
  "access/identity": {
    mayUse: [],
    owns: ["api_key", "audit_event", "idempotency_key", "member", "presence", "session"],
    publishes: ["consumer_presence"],
  },
  "access/files": { mayUse: ["access/identity"], owns: ["made_file"] },
  "access/uploads": { mayUse: ["access/identity"], owns: ["upload", "upload_part"] },
  "people/consent": {
    mayUse: ["reference/catalogue"],
    owns: ["consent_act"],
    publishes: ["recorded_consent"],
  },
  "people/leads": {
    mayUse: ["reference/geo", "reference/catalogue", "people/consent"],
    owns: ["confirmation", "lead", "lead_index", "lead_need", "lead_secret"],
    publishes: ["lead_answers", "lead_contact_digest", "lead_request", "sealed_person"],
  },
  "account/ledger": {
    mayUse: [],
    owns: [
      ...["entry", "entry_line", "journal_counter", "period", "period_act", "posting", "supplier_account"],
      "vat_due",
    ],
    publishes: ["account_state", "journal_line", "ledger_posting", "locked_month", "vat_line"],
  },
  "account/feed": {
    mayUse: ["access/identity"],
    owns: ["feed_event", "feed_floor", "feed_position"],
    publishes: ["feed_acknowledgement", "feed_entry"],
    mayRead: { account_state: "The last position of a feed is counted on the account, under its lock." },
  },
  "account/suppliers": {
    mayUse: ["access/identity", "account/ledger"],
    owns: ["billing_profile", "quality_review", "site", "supplier"],
    publishes: ["supplier_profile"],
    mayRead: { account_state: "A list of suppliers can be filtered by billing mode and suspension." },
  },
  "account/onboarding": {
    mayUse: ["access/identity", "account/ledger", "account/suppliers"],
    owns: ["onboarding_waiver", "register_check", "terms_acceptance"],
    mayRead: { supplier_profile: "Everything known of a supplier is read in one statement." },
  },
  "offers/campaigns": {
    mayUse: [
      ...["reference/geo", "reference/catalogue", "access/identity"],
      ...["account/suppliers", "account/ledger", "account/onboarding"],
    ],
    owns: ["campaign", "campaign_version", "price_floor"],
    publishes: ["campaign_summary", "current_campaign"],
    mayRead: { consumer_presence: "A campaign may want leads only while somebody follows the feed." },
  },
  "offers/own-customers": { mayUse: ["access/identity", "people/leads"], owns: ["own_customer"] },
  "delivery/deliveries": {
    mayUse: [
      ...["reference/geo", "reference/catalogue", "access/identity", "people/consent", "people/leads"],
      ...["account/ledger", "account/feed", "offers/campaigns"],
    ],
    owns: ["delivery"],
    publishes: ["delivered_lead"],
    mayRead: {
      campaign_summary: "The last delivery of each supplier for a product, in one statement.",
      lead_answers:
        "A delivery is rendered from one statement, so a withdrawal is before or after all of it.",
      sealed_person: "As lead_answers.",
    },
  },
  "delivery/outcomes": {
    mayUse: ["access/identity", "people/leads", "delivery/deliveries"],
    owns: ["outcome"],
    publishes: ["reported_outcome"],
  },
  "delivery/endpoints": {
    mayUse: [
      ...["reference/catalogue", "access/identity", "people/leads", "account/ledger", "account/feed"],
      "delivery/deliveries",
    ],
    owns: ["dead_letter", "endpoint", "endpoint_attempt"],
    publishes: ["endpoint_delivery"],
    mayRead: {
      account_state: "An endpoint is due while the feed is ahead of it.",
      feed_entry: "How long the oldest event has waited for an endpoint.",
    },
  },
  "delivery/returns": {
    mayUse: [
      ...["reference/geo", "access/identity", "people/leads", "account/ledger", "account/feed"],
      ...["account/suppliers", "offers/campaigns", "delivery/deliveries"],
    ],
    owns: ["lead_return"],
    mayRead: {
      delivered_lead: "A return is decided from the records, read in one statement under the account's lock.",
      endpoint_delivery: "Whether the supplier had the lead before it was withdrawn.",
      feed_acknowledgement: "As endpoint_delivery.",
      feed_entry: "As endpoint_delivery.",
      lead_contact_digest: "Whether the number was proven, and whether the lead is a duplicate.",
      lead_request: "Duplicates are of one product; return rates are by the lead's source.",
      reported_outcome: "As endpoint_delivery.",
    },
  },
  "billing/documents": {
    mayUse: ["access/identity", "account/ledger", "account/suppliers"],
    owns: [
      ...["advance", "advance_use", "bank_refund", "bank_transfer", "billed_posting", "billing_document"],
      ...["document_series", "invoice_run", "settlement"],
    ],
    publishes: ["open_document"],
    mayRead: {
      campaign_summary: "A line of an invoice names the product of its leads.",
      delivered_lead: "As campaign_summary.",
      journal_line: "What the end of a month accrued is taken back exactly.",
      ledger_posting: "What is to be invoiced: charges and credits that stand on no document.",
    },
  },
  "billing/payments": {
    mayUse: ["access/identity", "account/ledger", "account/suppliers", "billing/documents"],
    owns: [
      ...["stripe_balance_transaction", "stripe_customer", "stripe_dispute", "stripe_event"],
      ...["stripe_payment", "stripe_payout", "stripe_refund"],
    ],
    mayRead: { account_state: "Balances below which a supplier wants to be topped up." },
  },
  "billing/dispatch": {
    mayUse: ["access/identity", "account/ledger", "account/suppliers", "billing/documents"],
    owns: [
      ...["document_sending", "einvoice_cursor", "einvoice_flow", "einvoice_message", "einvoice_progress"],
      ...["einvoice_status", "reportable_sale", "sales_report", "sales_report_document"],
      ...["sales_report_progress", "sales_report_status"],
    ],
    mayRead: {
      billing_document:
        "Documents that were issued and not sent or reported yet, found in one statement, and the list by status.",
      open_document: "The list of documents can be narrowed to those on which something is open.",
      settlement: "What was paid since the platform was told last.",
      supplier_profile: "Where documents are mailed to, and since when.",
    },
  },
  "billing/statements": { mayUse: [], owns: [] },
  "billing/bank": {
    mayUse: [
      ...["access/identity", "access/uploads", "account/ledger", "account/suppliers", "billing/documents"],
      "billing/statements",
    ],
    owns: [
      ...[
        "bank_line",
        "bank_line_part",
        "bank_statement",
        "bank_statement_balance",
        "bank_statement_content",
      ],
      "bank_statement_line",
    ],
    mayRead: {
      bank_refund: "Refunds that were recorded and whose line has not arrived.",
      bank_transfer: "Transfers that were recorded and whose line has not arrived.",
      billing_document: "A line may name a document by its number.",
      journal_line: "What an old line moved at the bank.",
      stripe_payout: "Payouts whose line has not arrived.",
      supplier_profile: "A line may name a supplier by its SIREN, VAT number or register number.",
    },
  },
  "billing/reconciliation": {
    mayUse: ["access/identity", "account/ledger", "account/suppliers", "billing/documents"],
    owns: [],
    mayRead: {
      bank_line: "Lines are compared with what is recorded.",
      bank_line_part: "As bank_line.",
      bank_refund: "The bank's lines are compared with the refunds that were recorded.",
      bank_transfer: "The bank's lines are compared with the transfers that were recorded.",
      billed_posting: "Charges are compared with what stands on documents.",
      billing_document: "Documents are compared with journal entries.",
      delivered_lead: "Leads that were delivered are compared with charges.",
      journal_line: "Journal entries are compared with documents, payouts and the bank.",
      ledger_posting: "Charges are compared with leads and documents.",
      locked_month: "Whether the month is locked.",
      stripe_balance_transaction: "Stripe's own list is compared with payments, refunds and disputes.",
      stripe_dispute: "As stripe_balance_transaction.",
      stripe_payment: "As stripe_balance_transaction.",
      stripe_payout: "Payouts are compared with their parts and with the bank.",
      stripe_refund: "As stripe_balance_transaction.",
    },
  },
  "billing/proof": {
    mayUse: [],
    owns: [],
    // The proof shares no formula with what it proves: it reads the rows themselves.
    mayRead: Object.fromEntries(
      [
        ...["advance", "advance_use", "bank_line", "bank_line_part", "bank_refund", "bank_transfer"],
        ...["billed_posting", "billing_document", "delivery", "stripe_payout"],
        ...[
          "document_series",
          "entry",
          "entry_line",
          "journal_counter",
          "period_act",
          "posting",
          "settlement",
        ],
        ...["stripe_payment", "stripe_refund", "supplier_account", "vat_due"],
      ].map((table) => [table, { why: "The proof of the books reads the rows themselves.", rows: true }]),
    ),
  },
  "billing/reporting": {
    mayUse: [
      ...["access/identity", "account/ledger", "account/suppliers", "account/feed"],
      ...["billing/documents", "billing/bank"],
    ],
    owns: ["dunning_step"],
    mayRead: {
      account_state: "Suppliers that are to be told of a low balance, a limit or a suspension.",
      billing_document: "What made VAT due, and the interest that an invoice agreed on.",
      current_campaign: "A monthly limit is reached when it pays for no lead of an active campaign.",
      journal_line: "The FEC, and the journal of a month.",
      open_document: "Overdue invoices and aged receivables.",
      supplier_profile: "Names and VAT numbers in the FEC and the DES.",
      vat_line: "The CA3 and the DES.",
    },
  },
  "allocation/matching": {
    mayUse: ["reference/geo", "reference/catalogue", "people/consent", "offers/campaigns"],
    owns: [],
  },
  "allocation/assign": {
    mayUse: [
      ...["reference/geo", "reference/catalogue", "access/identity", "people/consent", "people/leads"],
      ...["account/suppliers", "account/ledger", "account/feed", "offers/campaigns", "offers/own-customers"],
      ...["delivery/deliveries", "allocation/matching"],
    ],
    owns: ["cap_usage", "decision"],
    mayRead: {
      account_state: "Leads are tried again when something opened at a supplier they wait for.",
      current_campaign: "Caps are counted per version of a campaign.",
      delivered_lead: "Seats that repeat requests took, duplicates, and caps after a change.",
      lead_contact_digest: "The same person is recognised by the digests of their contact.",
      lead_request: "Leads that are due, repeat requests, and duplicates of one product.",
    },
  },
  "allocation/insights": {
    mayUse: [
      ...["reference/geo", "reference/catalogue", "access/identity", "people/consent", "offers/campaigns"],
      ...["allocation/assign", "allocation/matching"],
    ],
    owns: [],
    mayRead: {
      delivered_lead: "Past leads that the supplier received.",
      lead_answers: "Past leads are read page by page with their answers.",
      lead_contact_digest: "A person is counted once.",
      lead_request: "As lead_answers.",
      recorded_consent: "Past leads count only while the person's consent stands.",
    },
  },
  "consumer/intake": {
    mayUse: [
      ...["reference/geo", "reference/catalogue", "access/identity", "people/consent", "people/leads"],
      ...["account/suppliers", "offers/campaigns", "allocation/matching"],
    ],
    owns: ["confirmation_try"],
  },
  "consumer/person": {
    mayUse: [
      ...["reference/geo", "reference/catalogue", "access/identity", "people/consent", "people/leads"],
      ...[
        "account/ledger",
        "account/feed",
        "delivery/deliveries",
        "allocation/assign",
        "allocation/matching",
      ],
    ],
    owns: [],
  },
  "sandbox/supplier-sandbox": {
    mayUse: [
      ...["reference/geo", "reference/catalogue", "access/identity", "people/consent", "people/leads"],
      ...["account/suppliers", "account/ledger", "account/feed", "offers/campaigns"],
      ...["delivery/deliveries", "delivery/returns", "consumer/person", "consumer/intake"],
    ],
    owns: ["sandbox_drill", "sandbox_progress"],
    mayRead: {
      delivered_lead: "Whether a sandbox's client acknowledged a revocation.",
      feed_entry: "The events of a sandbox, for drills and for its daily limit.",
      reported_outcome: "Whether a sandbox's client reported an outcome.",
    },
  },
};

/** Folders of src that hold no features; only the platform owns tables. */
const folders = { platform: ["installation", "migration"], shared: [], app: [], web: [], cli: [], demo: [] };

module.exports = { features, folders };
