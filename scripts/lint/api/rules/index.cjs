/**
 * The rules of docs/api-style.md that a program can see in the schema. Each is a function from the schema to the
 * breaches: a coordinate, and what to do.
 */
module.exports = {
  rules: { ...require("./names.cjs"), ...require("./inputs.cjs"), ...require("./answers.cjs") },
};
