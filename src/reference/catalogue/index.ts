export type * from "./form";
export type { AnswerInput, CheckedAnswers } from "./answers";
export { checkAnswers, unknownField } from "./answers";
export { readValue } from "./field-value";
export { unitText } from "./unit-text";
export { NEW_CAR } from "./products/new-car";
export { formOf, productFrom } from "./forms-of";
export { productById, products } from "./products";
export { declarationOf } from "./declaration";
