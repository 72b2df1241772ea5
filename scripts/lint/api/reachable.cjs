/** The names of all types that can be reached from some types by fields, members and implementations. */
const { getNamedType, isInterfaceType, isObjectType, isUnionType } = require("graphql");

function reachableFrom(schema, roots) {
  const names = new Set();
  const open = roots.filter(Boolean);
  while (open.length > 0) {
    const type = open.pop();
    if (names.has(type.name)) continue;
    names.add(type.name);
    open.push(...neighbours(schema, type));
  }
  return names;
}

function neighbours(schema, type) {
  if (isUnionType(type)) return type.getTypes();
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const fields = Object.values(type.getFields()).map((field) => getNamedType(field.type));
  const implementers = isInterfaceType(type) ? schema.getPossibleTypes(type) : [];
  return [...fields, ...implementers, ...type.getInterfaces()];
}

module.exports = { reachableFrom };
