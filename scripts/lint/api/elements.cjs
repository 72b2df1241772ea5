/** Walks a schema: every type, field, argument, input field and enum value, with its coordinate. */
const {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} = require("graphql");

/** The types that the schema defines itself. */
const ownTypes = (schema) =>
  Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );

const hasFields = (type) => isObjectType(type) || isInterfaceType(type);

/** Fields of objects and interfaces. */
const outputFields = (schema) =>
  ownTypes(schema)
    .filter(hasFields)
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({
        at: `${type.name}.${field.name}`,
        owner: type,
        field,
      })),
    );

const argumentsOf = (schema) =>
  outputFields(schema).flatMap(({ at, owner, field }) =>
    field.args.map((argument) => ({ at: `${at}(${argument.name})`, owner, of: field, field: argument })),
  );

const inputFields = (schema) =>
  ownTypes(schema)
    .filter(isInputObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({
        at: `${type.name}.${field.name}`,
        owner: type,
        field,
      })),
    );

const enumValues = (schema) =>
  ownTypes(schema)
    .filter(isEnumType)
    .flatMap((type) =>
      type.getValues().map((field) => ({ at: `${type.name}.${field.name}`, owner: type, field })),
    );

/** Everything that has a name and a type: output fields, arguments and input fields. */
const typed = (schema) => [...outputFields(schema), ...argumentsOf(schema), ...inputFields(schema)];

const rootFields = (type) =>
  type ? Object.values(type.getFields()).map((field) => ({ at: `${type.name}.${field.name}`, field })) : [];

const typeName = (field) => getNamedType(field.type).name;

module.exports = {
  argumentsOf,
  enumValues,
  inputFields,
  outputFields,
  ownTypes,
  rootFields,
  typeName,
  typed,
};
