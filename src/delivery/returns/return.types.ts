import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../platform/graphql/connection";
import { DateTime } from "../../platform/graphql/scalars";
import { explanations } from "./explanations";
import {
  returnReasons,
  type ReturnReason as Reason,
  type ReturnRefusal as Refusal,
  type ReturnStatus as Status,
} from "./return";
import type { ReturnView } from "./return-view";

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
    CONSENT_WITHDRAWN: { description: "The person withdrew consent before you had read the lead." },
    DUPLICATE: {
      description:
        "You had already received this person for this product within your campaign's duplicate window.",
    },
  },
});

export const ReturnStatus = enumOf<Status>(["PENDING", "ACCEPTED", "REJECTED"]);
registerEnumType(ReturnStatus, { name: "ReturnStatus" });

export const ReturnRefusal = enumOf<Refusal>([
  "TOO_LATE",
  "RETURNED_BEFORE",
  "CREDITED_BEFORE",
  "SHARE_REACHED",
]);
registerEnumType(ReturnRefusal, {
  name: "ReturnRefusal",
  description: "Why a lead cannot be returned.",
  valuesConfig: {
    TOO_LATE: { description: "The lead was delivered more than 45 days ago." },
    SHARE_REACHED: {
      description:
        "For reasons that our staff decide, you may return a fifth of a month's leads, but always at least three.",
    },
  },
});

@InputType()
export class ReturnInput {
  @Field(() => ID) leadId: string;
  @Field(() => ReturnReason) reason: Reason;
  @Field(() => [DateTime], {
    nullable: true,
    description:
      "Only for UNREACHABLE: the times of the four calls, within 30 days, Monday to Friday except public holidays, from 10:00 to 13:00 or 14:00 to 20:00 in the person's time zone.",
  })
  attempts?: Date[] | null;
  @Field(() => String, { nullable: true, description: "For the staff who decide; at most 500 characters." })
  comment?: string | null;
}

@ObjectType({ description: "The return of a lead." })
export class LeadReturn {
  @Field(() => ID) id: string;
  @Field(() => ID) leadId: string;
  @Field(() => ReturnReason) reason: Reason;
  @Field(() => ReturnStatus) status: Status;
  @Field(() => String, {
    nullable: true,
    description: "The explanation of the decision, in French; null while the return is pending.",
  })
  explanation: string | null;
  @Field(() => DateTime) requestedAt: Date;
  @Field(() => DateTime, {
    nullable: true,
    description:
      "The deadline for a decision by our staff, after which the return is accepted; null if it was decided at once.",
  })
  decideBy: Date | null;
  @Field(() => DateTime, { nullable: true }) decidedAt: Date | null;
}

@ObjectType({ description: "The lead cannot be returned. Nothing was recorded." })
export class ReturnRefused {
  @Field(() => ReturnRefusal) refusal: Refusal;
}

export const RequestReturnResult = createUnionType({
  name: "RequestReturnResult",
  types: () => [LeadReturn, ReturnRefused] as const,
  resolveType: (value) => ("refusal" in value ? ReturnRefused : LeadReturn),
});

@ObjectType({ description: "A return that waits for a decision by staff." })
export class ReturnToDecide {
  @Field(() => LeadReturn) return: LeadReturn;
  @Field(() => ID) supplierId: string;
  @Field(() => [DateTime], { description: "The times of the calls, for UNREACHABLE." })
  attempts: readonly Date[];
  @Field(() => String, {
    nullable: true,
    description: "The supplier's comment; null if there is none or the request was erased.",
  })
  comment: string | null;
}
export const ReturnToDecideConnection = connectionType(ReturnToDecide, "ReturnToDecide");

@ObjectType({
  description: "How many of a month's leads a supplier returned, by the form site that submitted them.",
})
export class ReturnRate {
  @Field(() => ID) supplierId: string;
  @Field(() => String, {
    description: "The key of the form site; `unknown` for leads from before it was recorded.",
  })
  source: string;
  @Field(() => Int) received: number;
  @Field(() => Int) requested: number;
  @Field(() => Int) accepted: number;
}

export const toReturn = ({ finding, ...view }: ReturnView): LeadReturn => ({
  ...view,
  explanation: finding && explanations[finding].FR,
});
