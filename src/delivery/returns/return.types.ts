import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../platform/graphql/connection";
import { Refusal } from "../../platform/graphql/refusal.types";
import { DateTime } from "../../platform/graphql/scalars";
import {
  returnReasons,
  type ReturnReason as Reason,
  type ReturnRefusal as RefusalReason,
  type ReturnStatus as Status,
} from "./return";
import type { StoredReturn } from "./return-view";

const enumOf = <T extends string>(values: readonly T[]) =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;

export const ReturnReason = enumOf(returnReasons);
registerEnumType(ReturnReason, {
  name: "ReturnReason",
  description:
    "Why a lead is returned. Where our records can settle DUPLICATE, OUTSIDE_ZONE, CONSENT_WITHDRAWN or WRONG_NUMBER, the return is decided at once; our staff decide all others.",
  valuesConfig: {
    UNREACHABLE: {
      description: "You made the four calls that the law allows within 30 days. List them in `attempts`.",
    },
    WRONG_NUMBER: { description: "The phone number is not the person's." },
    DUPLICATE: {
      description:
        "You had already received this person for this product within your campaign's duplicate window.",
    },
    OUTSIDE_ZONE: { description: "The place of the request is not in the zones of your campaign." },
    CRITERIA_NOT_MET: { description: "The request does not meet the criteria of your campaign." },
    CONSENT_WITHDRAWN: { description: "The person withdrew consent before you had read the lead." },
    FRAUD: { description: "The request was not made by a person in earnest." },
  },
});

export const ReturnStatus = enumOf<Status>(["PENDING", "ACCEPTED", "REJECTED", "WITHDRAWN"]);
registerEnumType(ReturnStatus, {
  name: "ReturnStatus",
  description: "Where a return stands.",
  valuesConfig: {
    PENDING: { description: "Our staff have to decide." },
    ACCEPTED: { description: "What the lead was charged is credited to you." },
    REJECTED: { description: "The charge stands." },
    WITHDRAWN: { description: "You withdrew it before it was decided. The charge stands." },
  },
});

/** The messages of refusals. They repeat nothing of the request. */
const refusals: Readonly<Record<RefusalReason, string>> = {
  TOO_LATE: "The lead was delivered more than 45 days ago, so it can no longer be returned.",
  RETURNED_BEFORE:
    "You have already returned this lead: its return is pending or accepted, this reason was rejected, or there were five returns.",
  CREDITED_BEFORE: "The charge of this lead has already been credited to you.",
  SHARE_REACHED:
    "You have returned a fifth of this month's leads for reasons that our staff decide. Only a return that our records can settle is possible.",
};

export const ReturnRefusalReason = enumOf(Object.keys(refusals) as RefusalReason[]);
registerEnumType(ReturnRefusalReason, {
  name: "ReturnRefusalReason",
  description: "Why a lead cannot be returned.",
  valuesConfig: {
    TOO_LATE: { description: "The lead was delivered more than 45 days ago." },
    RETURNED_BEFORE: {
      description:
        "Its return is pending or accepted, or was rejected for the same reason; or there were five returns of it. After a rejection another reason is possible, and after a withdrawal any.",
    },
    CREDITED_BEFORE: { description: "Its charge was credited before." },
    SHARE_REACHED: {
      description:
        "For reasons that our staff decide, you may return a fifth of a month's leads, but always at least three.",
    },
  },
});

export const ReturnOrder = enumOf(["NEWEST", "OLDEST"]);
registerEnumType(ReturnOrder, {
  name: "ReturnOrder",
  description: "The order of returns.",
  valuesConfig: {
    NEWEST: { description: "The newest request first." },
    OLDEST: { description: "The oldest request first. It is also the first that has to be decided." },
  },
});

@InputType({ description: "Restricts the returns that are listed. Every field that is given has to match." })
export class ReturnFilter {
  @Field(() => ReturnStatus, { nullable: true, description: "Only returns that stand like this." })
  status?: Status | null;
  @Field(() => ReturnReason, { nullable: true, description: "Only returns for this reason." })
  reason?: Reason | null;
  @Field(() => ID, { nullable: true, description: "Only returns by this supplier." })
  supplierId?: string | null;
}

@InputType({ description: "The lead to return, and why." })
export class ReturnInput {
  @Field(() => ID, { description: "One of your leads. NOT_FOUND for any other." }) leadId: string;
  @Field(() => ReturnReason, { description: "Why you return it." }) reason: Reason;
  @Field(() => [DateTime], {
    nullable: true,
    description:
      "Only for UNREACHABLE, where it is required: the times of the four calls, within 30 days, Monday to Friday except public holidays, from 10:00 to 13:00 or 14:00 to 20:00 in the person's time zone.",
  })
  attempts?: Date[] | null;
  @Field(() => String, {
    nullable: true,
    description: "For the staff who decide; 1 to 500 characters. Refused once the request was erased.",
  })
  comment?: string | null;
}

@ObjectType({ description: "The return of a lead." })
export class LeadReturn {
  /** The row, for the fields that have resolvers. */
  stored: StoredReturn;
  @Field(() => ID, { description: "The return's id." }) id: string;
  @Field(() => ID, { description: "The lead that was returned." }) leadId: string;
  @Field(() => ID, { description: "The supplier that returned it." }) supplierId: string;
  @Field(() => ReturnReason, { description: "Why it was returned." }) reason: Reason;
  @Field(() => ReturnStatus, { description: "Whether it is decided, and how." }) status: Status;
  @Field(() => [DateTime], {
    description: "The times of the calls, for UNREACHABLE; empty for other reasons.",
  })
  attempts: readonly Date[];
  @Field(() => DateTime, { description: "When the supplier returned the lead." }) requestedAt: Date;
  @Field(() => DateTime, {
    nullable: true,
    description:
      "The deadline for a decision by our staff, after which the return is accepted; null if it was decided at once.",
  })
  decideBy: Date | null;
  @Field(() => DateTime, {
    nullable: true,
    description: "When it was decided or withdrawn; null while it is pending.",
  })
  decidedAt: Date | null;
}
export const LeadReturnConnection = connectionType(LeadReturn, "LeadReturn");

@ObjectType({ implements: Refusal, description: "The lead cannot be returned. Nothing was recorded." })
export class ReturnRefused extends Refusal {
  @Field(() => ReturnRefusalReason, { description: "Why it cannot be returned." }) reason: RefusalReason;
}

export const RequestReturnResult = createUnionType({
  name: "RequestReturnResult",
  description: "The return, pending or decided, or why the lead cannot be returned.",
  types: () => [LeadReturn, ReturnRefused] as const,
});

@ObjectType({
  description: "How many of a month's leads a supplier returned, by the form site that submitted them.",
})
export class ReturnRate {
  @Field(() => ID, { description: "The supplier." }) supplierId: string;
  @Field(() => String, {
    description: "The key of the form site; `unknown` for leads from before it was recorded.",
  })
  source: string;
  @Field(() => Int, { description: "The leads that were delivered in the month." }) received: number;
  @Field(() => Int, {
    description: "How many of them were returned, whatever the decision, without withdrawn returns.",
  })
  requested: number;
  @Field(() => Int, { description: "How many of the returns were accepted." }) accepted: number;
}
export const ReturnRateConnection = connectionType(ReturnRate, "ReturnRate");

export const toReturn = (stored: StoredReturn): LeadReturn =>
  Object.assign(new LeadReturn(), { ...stored, stored });

export const toRefused = (reason: RefusalReason): ReturnRefused =>
  Object.assign(new ReturnRefused(), { reason, message: refusals[reason] });
