/**
 * The form of a commit message: `type(scope): imperative`, a blank line, and a body that says why.
 * `npm run check` applies it to the commits after `checkedAfter`; older ones follow other habits.
 */
export const checkedAfter = "a35b1eedeb20abe0942f10e5bb31dff7b0b66b16";

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
