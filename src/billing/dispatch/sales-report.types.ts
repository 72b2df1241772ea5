import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../platform/graphql/connection";
import { Day } from "../../platform/graphql/dates";
import { DateTime } from "../../platform/graphql/scalars";
import { TransmissionStatus, TransmissionEvent } from "./transmission.types";

export const SalesReportKind = { INITIAL: "INITIAL", RECTIFYING: "RECTIFYING" } as const;
registerEnumType(SalesReportKind, {
  name: "SalesReportKind",
  description: "Whether a report is the first one of its period.",
  valuesConfig: {
    INITIAL: { description: "The first report of its period." },
    RECTIFYING: {
      description: "Replaces the earlier reports of its period, and contains all its documents.",
    },
  },
});

@ObjectType({
  description:
    "A report of sales to companies that get no French e-invoice, which the e-invoicing platform passes on to the tax authority (e-reporting, flow 10.1).",
})
export class SalesReport {
  @Field(() => ID, { description: "The report's id, a UUID." }) id: string;
  @Field(() => Day, { description: "The first day of its period, in Paris time." }) startsOn: string;
  @Field(() => Day, { description: "The last day of its period, in Paris time." }) endsOn: string;
  @Field(() => Day, { description: "The last day on which it is in time." }) dueOn: string;
  @Field(() => SalesReportKind, { description: "Whether it is the first report of its period." })
  kind: keyof typeof SalesReportKind;
  @Field(() => TransmissionStatus, { description: "Where its transmission stands." })
  status: keyof typeof TransmissionStatus;
  @Field(() => Boolean, {
    description:
      "Whether finance has to act: it is the newest report of its period, and the platform or the tax authority refused it, it is late, or five attempts to send it failed.",
  })
  needsAction: boolean;
  @Field(() => Int, { description: "How many documents it contains." }) documentCount: number;
  @Field(() => String, {
    nullable: true,
    description: "The platform's id of the flow; null until it is sent.",
  })
  flowId: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Why it was not accepted; null when no attempt failed.",
  })
  failure: string | null;
  @Field(() => DateTime, { description: "When it was made." }) createdAt: Date;
  @Field(() => DateTime, { nullable: true, description: "When it was sent; null until then." })
  sentAt: Date | null;
  @Field(() => [TransmissionEvent], {
    description: "Its life-cycle statuses, in the order in which they were set; empty if none.",
  })
  statuses: readonly TransmissionEvent[];
}

export const SalesReportConnection = connectionType(SalesReport, "SalesReport");

@InputType({ description: "Which reports to list: those that match every field given. Without one: all." })
export class SalesReportFilter {
  @Field(() => Boolean, {
    nullable: true,
    description: "True: only reports on which finance has to act. False: only all others.",
  })
  needsAction?: boolean | null;
}
