/** The scalars for a day and for a month. Both are texts, so that no time zone can move them. */
import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { isDay, isMonth } from "../../shared/days";

interface DateShape {
  readonly name: string;
  readonly description: string;
  readonly specifiedByURL: string;
  readonly isValid: (text: string) => boolean;
  readonly mistake: string;
}

function dateScalar({
  name,
  description,
  specifiedByURL,
  isValid,
  mistake,
}: DateShape): GraphQLScalarType<string> {
  function parse(value: unknown): string {
    if (typeof value === "string" && isValid(value)) return value;
    throw new GraphQLError(mistake, { extensions: { code: "INVALID_INPUT" } });
  }
  return new GraphQLScalarType<string>({
    ...{ name, description, specifiedByURL },
    serialize: (value) => {
      if (typeof value === "string" && isValid(value)) return value;
      throw new TypeError(`An answer holds a value that is not a ${name}.`);
    },
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
  });
}

export const Day = dateScalar({
  name: "Day",
  description:
    "A day of the calendar, YYYY-MM-DD, between 1900 and 2999. Where nothing else is said, in Paris time.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
  isValid: isDay,
  mistake: "Day must be a day of the calendar between 1900-01-01 and 2999-12-31, for example 2026-11-22.",
});

export const Month = dateScalar({
  name: "Month",
  description:
    "A month of the calendar, YYYY-MM, between 1900 and 2999. Where nothing else is said, in Paris time.",
  specifiedByURL: "https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#valid-month-string",
  isValid: isMonth,
  mistake: "Month must be a month between 1900-01 and 2999-12, for example 2026-11.",
});
