import { registerEnumType } from "type-graphql";

export const WithheldReason = {
  CHANNEL_NOT_CONSENTED: "CHANNEL_NOT_CONSENTED",
  NOT_NEEDED_FOR_PRODUCT: "NOT_NEEDED_FOR_PRODUCT",
  NOT_PROVIDED: "NOT_PROVIDED",
} as const;
registerEnumType(WithheldReason, {
  name: "WithheldReason",
  description: "Why a field of the lead is null.",
  valuesConfig: {
    CHANNEL_NOT_CONSENTED: { description: "The person did not consent to this way of contact." },
    NOT_NEEDED_FOR_PRODUCT: { description: "Suppliers of this product do not need it." },
    NOT_PROVIDED: { description: "The person did not give it." },
  },
});
export const ReasonKind = {
  CONSENT: "CONSENT",
  ZONE: "ZONE",
  CRITERION: "CRITERION",
  CAP: "CAP",
  PRICE: "PRICE",
} as const;
registerEnumType(ReasonKind, {
  name: "ReasonKind",
  description: "What a reason for receiving a lead is about.",
  valuesConfig: {
    CONSENT: { description: "The person named you and the channels." },
    ZONE: { description: "The place of the request lies in a zone of your campaign." },
    CRITERION: { description: "The request meets a criterion of your campaign." },
    CAP: { description: "How much of a cap of your campaign is used up, this lead included." },
    PRICE: { description: "The price of your campaign." },
  },
});
export const ChargeStatus = { CHARGED: "CHARGED", CREDITED: "CREDITED", NOT_CHARGED: "NOT_CHARGED" } as const;
registerEnumType(ChargeStatus, {
  name: "ChargeStatus",
  description: "Whether you pay for a lead.",
  valuesConfig: {
    CHARGED: { description: "It was charged when it was matched." },
    CREDITED: { description: "It was charged, and the charge was credited later." },
    NOT_CHARGED: { description: "A sandbox lead, which is free." },
  },
});
export const Disposition = { DELETED: "DELETED", KEPT: "KEPT" } as const;
registerEnumType(Disposition, {
  name: "Disposition",
  description:
    "What you did with a revoked lead. KEPT requires a legal ground of your own, such as a contract.",
  valuesConfig: {
    DELETED: { description: "You deleted it." },
    KEPT: { description: "You keep it on a legal ground of your own, which `ground` states." },
  },
});
