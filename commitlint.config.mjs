/**
 * The form of a commit message: `type(scope): imperative`, a blank line, and a body that says why.
 * `npm run check` applies it to the commits after `checkedAfter`; older ones follow other habits.
 */
export const checkedAfter = "0dc18980bb746e7728dda5d8c72236ce6e173aed";

export default {
  extends: ["@commitlint/config-conventional"],
  rules: {
    "header-max-length": [2, "always", 72],
    "scope-empty": [2, "never"],
    "body-empty": [2, "never"],
    "body-leading-blank": [2, "always"],
    "body-max-line-length": [2, "always", 100],
  },
};
