import { registerEnumType } from "type-graphql";
import type {
  ConfirmationChannel as Confirmation,
  ContactChannel as Channel,
  FieldType as Kind,
  Purpose as Use,
} from "./form";

const named = <T extends string>(...values: T[]): Record<T, T> =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;

export const FieldType = named<Kind>("CHOICE", "MULTICHOICE", "NUMBER", "BOOLEAN", "TEXT", "DATE");
export const ContactChannel = named<Channel>("PHONE", "SMS", "EMAIL");
export const Purpose = named<Use>(
  "TRANSMIT",
  "QUALIFICATION_CALL",
  "FEEDBACK_CALL",
  "APPOINTMENT",
  "CREDIT_CHECK",
  "AUDIENCES",
);
export const ConfirmationChannel = named<Confirmation>("SMS", "EMAIL", "OPERATOR_CALL");
registerEnumType(FieldType, {
  name: "FieldType",
  description: "The type of an answer.",
  valuesConfig: {
    CHOICE: { description: "The value of one of the field's options." },
    MULTICHOICE: { description: "A list of values of the field's options, at least one and each once." },
    NUMBER: { description: "A number between the field's min and max, inclusive." },
    BOOLEAN: { description: "true or false." },
    TEXT: { description: "Free text in the person's own words, 1 to 1000 characters." },
    DATE: { description: "A day of the calendar, YYYY-MM-DD." },
  },
});
registerEnumType(ContactChannel, {
  name: "ContactChannel",
  description: "How a supplier may contact the person.",
  valuesConfig: {
    PHONE: { description: "By a call." },
    SMS: { description: "By a text message." },
    EMAIL: { description: "By e-mail." },
  },
});
registerEnumType(Purpose, {
  name: "Purpose",
  description:
    "A purpose of consent, given separately from the others. A form offers some of them, and its declaration says each in full.",
  valuesConfig: {
    TRANSMIT: {
      description:
        "Sending the request to the named suppliers, who may contact the person by the named channels.",
    },
    QUALIFICATION_CALL: { description: "A call by us to clarify the request before it is sent." },
    FEEDBACK_CALL: { description: "A later call by us to hear what became of the request." },
    APPOINTMENT: { description: "A call by us to arrange an appointment." },
    CREDIT_CHECK: {
      description: "Questions of the named suppliers to the named credit agencies about the person.",
    },
    AUDIENCES: { description: "Use of the contact for audiences of advertising." },
  },
});
registerEnumType(ConfirmationChannel, {
  name: "ConfirmationChannel",
  description: "How the person proves that the contact is theirs. It is chosen before anything is sent.",
  valuesConfig: {
    SMS: { description: "By a code in a text message, which a processor sends." },
    EMAIL: { description: "By a code in an e-mail." },
    OPERATOR_CALL: { description: "In a call by one of our operators." },
  },
});
