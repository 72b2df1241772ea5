/**
 * The form of a commit message: `type(scope): imperative`, a blank line, and a body that says why.
 * `npm run check` applies it to the commits after `checkedAfter`; older ones follow other habits.
 */
export const checkedAfter = "56767d8658017a29bfa72bd08e28ecfdae3b2ff4";

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
