/** The subscription of the clients: about twenty fields of the lead, as a supplier's system would store it. */
export const subscription = `subscription ($after: Cursor) { leadFeed(after: $after) { __typename cursor at
  ... on LeadMatched { leadId lead {
    id submittedAt matchedAt seat seats priceCents
    product { id label } place { postcode precision }
    contact { civility firstName lastName email phone street postcode city channels }
    answers { field value } charge { status amountCents } withheld { field reason } } }
  ... on LeadUpdated { leadId changed }
  ... on LeadRevoked { leadId reason acknowledgeBy } } }`;

/** The same schema for stock graphql-ws, where cursors and free values are strings. */
export const stockSchema = `
  scalar Cursor
  scalar Value
  type Query { none: Boolean }
  type Subscription { leadFeed(after: Cursor): FeedEvent! }
  interface FeedEvent { cursor: Cursor! at: String! }
  type LeadMatched implements FeedEvent { cursor: Cursor! at: String! leadId: ID! lead: Lead }
  type LeadUpdated implements FeedEvent { cursor: Cursor! at: String! leadId: ID! changed: [String!]! }
  type LeadRevoked implements FeedEvent {
    cursor: Cursor! at: String! leadId: ID! reason: String! acknowledgeBy: String!
  }
  type Product { id: ID! label: String! }
  type Place { postcode: String! precision: String! }
  type Contact {
    civility: String firstName: String lastName: String email: String phone: String
    street: String postcode: String city: String channels: [String!]!
  }
  type Answer { field: ID! value: Value }
  type Charge { status: String! amountCents: Int! }
  type Withheld { field: String! reason: String! }
  type Lead {
    id: ID! submittedAt: String! matchedAt: String! seat: Int! seats: Int! priceCents: Int!
    product: Product! place: Place! contact: Contact! answers: [Answer!]! charge: Charge! withheld: [Withheld!]!
  }`;
