/**
 * Compares the schema with the last published one and classifies the changes: those that break clients, removals
 * that were announced in time, and additions (docs/feed-protocol.md, section 10).
 */
import {
  astFromValue,
  BreakingChangeType,
  findBreakingChanges,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  print,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";

const noticeMonths = 12;
const withdrawnAfter = /Withdrawn after (\d{4}-\d{2}-\d{2})\./;

export interface SchemaChanges {
  /** Messages that say what breaks clients and how to fix it. Empty when nothing does. */
  readonly broken: readonly string[];
  /** Coordinates that were removed after being announced in time. */
  readonly withdrawn: readonly string[];
  /**
   * New coordinates, with the new values of enums, members of unions and implementations of interfaces. They are safe,
   * because clients ignore what they do not know.
   */
  readonly added: readonly string[];
}

/** Schema coordinates with their deprecation reason, or null. */
type Coordinates = ReadonlyMap<string, string | null>;

export function schemaChanges(
  published: GraphQLSchema,
  current: GraphQLSchema,
  today: string,
): SchemaChanges {
  const [before, now] = [coordinatesOf(published), coordinatesOf(current)];
  const gone = [...before.keys()].filter((at) => !now.has(at) && !isInside(at, before, now));
  const withdrawn = gone.filter((at) => wasAnnounced(before.get(at) ?? null, today));
  return {
    broken: [
      ...gone.filter((at) => !withdrawn.includes(at)).map((at) => removedTooSoon(at, today)),
      ...findBreakingChanges(published, current).filter(isNoRemoval).map(changedShape),
      ...changedDefaults(defaultsOf(published), defaultsOf(current)),
      ...newlyOneOf(published, current),
      ...[...now].flatMap(([at, reason]) => badNotice(at, reason, { before, today })),
    ],
    withdrawn,
    added: [...now.keys()].filter((at) => !before.has(at) && !isInside(at, now, before)),
  };
}

/** Whether the coordinate lies inside a type or field that was added or removed as a whole. */
function isInside(at: string, here: Coordinates, there: Coordinates): boolean {
  for (const separator of ["(", "."]) {
    const end = at.lastIndexOf(separator);
    const whole = end > 0 ? at.slice(0, end) : null;
    if (whole !== null && here.has(whole) && !there.has(whole)) return true;
  }
  return false;
}

const wasAnnounced = (reason: string | null, today: string): boolean => {
  const date = withdrawnAfter.exec(reason ?? "")?.[1];
  return date !== undefined && date < today;
};

const removedTooSoon = (at: string, today: string): string =>
  `${at} is gone, and was not announced in time. Put it back, deprecated with "Withdrawn after ${monthsAfter(today, noticeMonths)}." at the end of the reason, and publish that first.`;

const changedShape = ({ description }: { description: string }): string =>
  `${description} That breaks clients. Add something new beside it and deprecate the old.`;

/** The default values of arguments and input fields by coordinate, as they are written in the schema. */
function defaultsOf(schema: GraphQLSchema): ReadonlyMap<string, string | null> {
  const inputs = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));
  return new Map(
    inputs.flatMap((type) => {
      if (isInputObjectType(type))
        return Object.values(type.getFields()).map(
          (field) => [`${type.name}.${field.name}`, writtenDefault(field)] as const,
        );
      if (!isObjectType(type) && !isInterfaceType(type)) return [];
      return Object.values(type.getFields()).flatMap((field) =>
        field.args.map(
          (argument) => [`${type.name}.${field.name}(${argument.name})`, writtenDefault(argument)] as const,
        ),
      );
    }),
  );
}

function writtenDefault({ defaultValue, type }: GraphQLArgument | GraphQLInputField): string | null {
  const node = defaultValue === undefined ? null : astFromValue(defaultValue, type);
  return node ? print(node) : null;
}

/** A client that leaves the value out relies on the default. */
function changedDefaults(
  before: ReadonlyMap<string, string | null>,
  now: ReadonlyMap<string, string | null>,
): string[] {
  return [...before].flatMap(([at, value]) => {
    const today = now.get(at);
    if (value === null || today === undefined || today === value) return [];
    return [
      `The default of ${at} was ${value} and is now ${today ?? "missing"}. Clients rely on it: put it back.`,
    ];
  });
}

/** @oneOf refuses inputs that were valid without it. */
function newlyOneOf(published: GraphQLSchema, current: GraphQLSchema): string[] {
  return Object.values(published.getTypeMap()).flatMap((before) => {
    const now = current.getType(before.name);
    if (!isInputObjectType(before) || !isInputObjectType(now) || before.isOneOf || !now.isOneOf) return [];
    return [`${before.name} is now @oneOf, which refuses inputs that were valid. Take it away.`];
  });
}

/** A deprecation must give a withdrawal date, and a new one must leave clients twelve months. */
function badNotice(
  at: string,
  reason: string | null,
  { before, today }: { before: Coordinates; today: string },
): string[] {
  if (reason === null || before.get(at) === reason) return [];
  const earliest = monthsAfter(today, noticeMonths);
  const date = withdrawnAfter.exec(reason)?.[1];
  if (date !== undefined && date >= earliest) return [];
  return [
    `${at} is deprecated without a day that leaves clients ${String(noticeMonths)} months. End the reason with "Withdrawn after YYYY-MM-DD.", ${earliest} or later.`,
  ];
}

function monthsAfter(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}

const removals: ReadonlySet<string> = new Set([
  BreakingChangeType.TYPE_REMOVED,
  BreakingChangeType.TYPE_REMOVED_FROM_UNION,
  BreakingChangeType.VALUE_REMOVED_FROM_ENUM,
  BreakingChangeType.FIELD_REMOVED,
  BreakingChangeType.ARG_REMOVED,
]);

/** Removals are checked by their announcement instead. */
const isNoRemoval = ({ type }: { type: string }): boolean => !removals.has(type);

/** `Type`, `Type.field`, `Type.field(argument)`, `Enum.VALUE`, `Union.Member`, `Interface.Implementation`. */
function coordinatesOf(schema: GraphQLSchema): Coordinates {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));
  return new Map(types.flatMap((type) => [[type.name, noticeOf(type)] as const, ...insideOf(type)]));
}

/** GraphQL has no deprecation of types, so their notice stands in the description. */
const noticeOf = ({ description }: GraphQLNamedType): string | null =>
  withdrawnAfter.test(description ?? "") ? (description ?? null) : null;

type Entry = readonly [string, string | null];

function insideOf(type: GraphQLNamedType): Entry[] {
  if (isUnionType(type))
    return type.getTypes().map((member): Entry => [`${type.name}.${member.name}`, noticeOf(member)]);
  if (isEnumType(type)) return type.getValues().map((value) => entryOf(type.name, value));
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((field) => entryOf(type.name, field));
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const interfaces = type.getInterfaces().map(({ name }): Entry => [`${name}.${type.name}`, noticeOf(type)]);
  const fields = Object.values(type.getFields()).flatMap((field) => [
    entryOf(type.name, field),
    ...field.args.map((argument): Entry => [
      `${type.name}.${field.name}(${argument.name})`,
      argument.deprecationReason ?? null,
    ]),
  ]);
  return [...interfaces, ...fields];
}

const entryOf = (
  type: string,
  { name, deprecationReason }: { name: string; deprecationReason?: string | null | undefined },
): Entry => [`${type}.${name}`, deprecationReason ?? null];
