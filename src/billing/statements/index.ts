export type * from "./statement";
export { isAccountOf } from "./account";
export { companyNumbersIn } from "./companies-in-text";
export { documentNumbersIn, sirensIn } from "./named-in-text";
export { withOccurrences } from "./occurrences";
export { readStatements, type ReadOptions } from "./read-statements.adapter";
