/** Arguments that many root fields have in common, so that each has one name, one type and one description. */
import { Arg, Int } from "type-graphql";
import { pageSizes } from "./connection";
import { Cursor } from "./scalars";

/** For what moves money, sends or appends. */
export const IdempotencyKey = (): ParameterDecorator =>
  Arg("idempotencyKey", () => String, {
    description:
      "1 to 200 characters of your choice. Repeating the request with the same key and the same input returns the first answer and does nothing; the same key with another input is a CONFLICT. Keys are kept for 30 days.",
  }) as ParameterDecorator;

/** For what was published without a key, and for what costs little when it is done twice. */
export const OptionalIdempotencyKey = (): ParameterDecorator =>
  Arg("idempotencyKey", () => String, {
    nullable: true,
    description:
      "Optional. 1 to 200 characters of your choice. Repeating the request with the same key and the same input returns the first answer and does nothing; the same key with another input is a CONFLICT. Keys are kept for 30 days.",
  }) as ParameterDecorator;

export const IfVersion = (): ParameterDecorator =>
  Arg("ifVersion", () => Int, {
    nullable: true,
    description:
      "The version that you read before your change. If it has changed since, nothing is done and the answer is a CONFLICT with the reason VERSION_CHANGED.",
  }) as ParameterDecorator;

/** The size of a page of a connection. */
export const First = (): ParameterDecorator =>
  Arg("first", () => Int, {
    nullable: true,
    description: `How many rows to return: 1 to ${String(pageSizes.largest)}, ${String(pageSizes.byDefault)} by default.`,
  }) as ParameterDecorator;

/** Where a page of a connection begins. */
export const After = (): ParameterDecorator =>
  Arg("after", () => Cursor, {
    nullable: true,
    description: "The `endCursor` of the previous page. Without it, the list starts at the beginning.",
  }) as ParameterDecorator;
