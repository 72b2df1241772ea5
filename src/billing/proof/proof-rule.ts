import type { RuleName } from "./rule-words";

export interface ProofRule {
  readonly name: RuleName;
  /** Returns `subject` and `cents` of each violation. */
  readonly sql: string;
}
