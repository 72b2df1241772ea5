/** Which amounts may be paid in by card or debit, and what an update does to the rule for automatic top-ups? */
import { invalid } from "../../shared/errors";
import { checkField, checkTogether } from "../../shared/faults";
import { updatedRequired, type Sent } from "../../shared/updates";

/** When the balance falls below `belowCents` (excluding VAT), `amountInclVatCents` is paid in. */
export interface TopUpRule {
  readonly belowCents: number;
  readonly amountInclVatCents: number;
}

export interface TopUpRuleUpdate {
  readonly belowCents?: Sent<number>;
  readonly amountInclVatCents?: Sent<number>;
}

const leastCents = 1_000;
const mostCents = 100_000_000;

export function checkAmount(field: string, cents: number): number {
  if (Number.isSafeInteger(cents) && cents >= leastCents && cents <= mostCents) return cents;
  throw invalid(
    `${field} must be a whole number of cents from ${String(leastCents)} to ${String(mostCents)}.`,
    { reason: "OUT_OF_RANGE", field },
  );
}

/** Absent: the rule stays as it is. Null: there is no rule any more. An absent amount stays as it is. */
export function updatedRule(current: TopUpRule | null, sent: Sent<TopUpRuleUpdate>): TopUpRule | null {
  if (sent === undefined) return current;
  if (sent === null) return null;
  const rule = { belowCents: 0, amountInclVatCents: 0 };
  const check = (name: keyof TopUpRule) => () => {
    rule[name] = checkAmount(name, updatedRequired(name, sent[name], current?.[name]));
  };
  checkField("rule", () => {
    checkTogether(check("belowCents"), check("amountInclVatCents"));
  });
  return rule;
}
