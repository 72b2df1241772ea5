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
    "Why a lead is given back. DUPLICATE, OUTSIDE_ZONE, CONSENT_WITHDRAWN and a confirmed WRONG_NUMBER are decided at once by the records, the others by a person.",
  valuesConfig: {
    UNREACHABLE: { description: "The four calls that the law allows in 30 days were made: say when." },
    CONSENT_WITHDRAWN: { description: "Before you had read the lead." },
    DUPLICATE: { description: "You had received the person for the product within your campaign's window." },
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
  description: "Why a lead cannot be given back.",
  valuesConfig: {
    TOO_LATE: { description: "More than 45 days after its delivery." },
    SHARE_REACHED: {
      description:
        "A fifth of a month's leads, and three in any case, may be given back for what a person decides.",
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
      "UNREACHABLE: the four calls, within 30 days, Monday to Friday but on public holidays, 10 to 13 and 14 to 20 o'clock where the person is.",
  })
  attempts?: Date[] | null;
  @Field(() => String, { nullable: true, description: "At most 500 characters, for who decides." })
  comment?: string | null;
}

@ObjectType({ description: "A lead that was given back." })
export class LeadReturn {
  @Field(() => ID) id: string;
  @Field(() => ID) leadId: string;
  @Field(() => ReturnReason) reason: Reason;
  @Field(() => ReturnStatus) status: Status;
  @Field(() => String, {
    nullable: true,
    description: "Why it was decided so, in French; null while it waits.",
  })
  explanation: string | null;
  @Field(() => DateTime) requestedAt: Date;
  @Field(() => DateTime, {
    nullable: true,
    description:
      "Until when a person decides; after it the return is accepted. Null: it was decided at once.",
  })
  decideBy: Date | null;
  @Field(() => DateTime, { nullable: true }) decidedAt: Date | null;
}

@ObjectType({ description: "It cannot be given back; nothing was written." })
export class ReturnRefused {
  @Field(() => ReturnRefusal) refusal: Refusal;
}

export const RequestReturnResult = createUnionType({
  name: "RequestReturnResult",
  types: () => [LeadReturn, ReturnRefused] as const,
  resolveType: (value) => ("refusal" in value ? ReturnRefused : LeadReturn),
});

@ObjectType({ description: "A return that waits for a person." })
export class ReturnToDecide {
  @Field(() => LeadReturn) return: LeadReturn;
  @Field(() => ID) supplierId: string;
  @Field(() => [DateTime], { description: "The calls that were made." }) attempts: readonly Date[];
  @Field(() => String, {
    nullable: true,
    description: "What the supplier wrote; null if nothing, or erased.",
  })
  comment: string | null;
}
export const ReturnToDecideConnection = connectionType(ReturnToDecide, "ReturnToDecide");

@ObjectType({ description: "How many leads of a month a supplier gave back, by who submitted them." })
export class ReturnRate {
  @Field(() => ID) supplierId: string;
  @Field(() => String, {
    description: "The key of the form site; `unknown` of leads from before it was kept.",
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
