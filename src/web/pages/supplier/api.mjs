/** Asks the API for a supplier. Fails with NO_LINK, NOT_FOUND, BUSY, INVALID, SIGN_IN or UNREACHABLE. */
import { ask as askApi } from "../shared/api.mjs";

const problems = {
  UNAUTHENTICATED: "SIGN_IN",
  FORBIDDEN: "SIGN_IN",
  NOT_FOUND: "NOT_FOUND",
  INVALID_INPUT: "INVALID",
  RATE_LIMITED: "BUSY",
};

export const ask = (query, variables, token = null) => askApi({ query, variables, token, problems });
