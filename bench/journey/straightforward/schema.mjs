/** The API of the straightforward build: the part of the product's schema that the journey uses. */
export const typeDefs = `
  scalar JSON
  type Query { form(product: ID!): Form }
  type Form { version: Int! confirmBy: [String!]! fields: [Field!]! consent: Declaration! }
  type Field { id: ID! type: String! required: Boolean! options: [Option!] }
  type Option { value: String! }
  type Declaration { text: String! }

  type Mutation {
    previewRecipients(input: PreviewRecipientsInput!): Preview!
    submitLead(input: SubmitLeadInput!): SubmitLeadResult!
    confirmPhone(input: ConfirmPhoneInput!): ConfirmPhoneResult!
  }
  input AnswerInput { field: ID! value: JSON }
  input LocationInput { postcode: String! inseeCode: String longitude: Float latitude: Float }
  input PreviewRecipientsInput { product: ID! answers: [AnswerInput!]! location: LocationInput! }
  type Preview { token: String! expiresAt: String! rankedBy: String! recipients: [Recipient!]! }
  type Recipient { supplierId: ID! name: String! city: String! }

  input ContactInput {
    civility: String! firstName: String! lastName: String! email: String! phone: String postcode: String! city: String!
  }
  input GrantInput { purpose: String! supplierIds: [ID!] channels: [String!] }
  input SubmitLeadInput { token: String! contact: ContactInput! grants: [GrantInput!]! confirmBy: String }
  union SubmitLeadResult = ConfirmationRequired | LeadRefused
  type ConfirmationRequired { reference: String! personalToken: String! sentTo: String! demoCode: String }
  type LeadRefused { reason: String! }
  input ConfirmPhoneInput { reference: String! code: String! }
  union ConfirmPhoneResult = LeadSubmitted | LeadRefused
  type LeadSubmitted { reference: String! personalLink: String! }

  type Subscription { leadFeed: FeedEvent! }
  interface FeedEvent { cursor: String! at: String! }
  type LeadMatched implements FeedEvent { cursor: String! at: String! leadId: ID! lead: Lead }
  type Product { id: ID! }
  type Place { postcode: String! }
  type Contact {
    civility: String firstName: String lastName: String email: String phone: String
    postcode: String city: String channels: [String!]!
  }
  type Answer { field: ID! value: JSON }
  type Withheld { field: String! reason: String! }
  type Charge { status: String! amountCents: Int! }
  type Lead {
    id: ID! submittedAt: String! matchedAt: String! seat: Int! seats: Int! priceCents: Int!
    product: Product! place: Place! contact: Contact! answers: [Answer!]! charge: Charge! withheld: [Withheld!]!
  }`;
