/**
 * Checks the SQL of src against features.cjs: only its owner writes a table, only who is listed reads it, another
 * module's table is read through a view, and imports and SQL together have no cycle and never lead up the list.
 */

/**
 * @param {{ features: object, folders: object }} architecture as in features.cjs
 * @param {ReadonlySet<string>} relations tables and views of the migrated database
 * @param {readonly { file: string, uses: { table: string, access: string, line: number }[], faults: { line: number, message: string }[], entities?: string[] }[]} files
 * @returns {{ faults: string[], reads: number }} what is wrong, and how many foreign tables and views are read
 */
function ownerFaults({ features, folders }, relations, files) {
  const owners = ownersOf({ features, folders });
  const known = { features, owners, relations };
  const faults = [
    ...declarationFaults({ features, folders }, relations),
    ...orderFaults(features, owners),
    ...files.flatMap((file) => fileFaults(file, known)),
  ];
  const read = new Set(files.flatMap((file) => foreignReads(file, known)));
  for (const [name, { mayRead = {} }] of Object.entries(features))
    for (const table of Object.keys(mayRead))
      if (!read.has(`${name} ${table}`))
        faults.push(`${name} lists ${table} in mayRead and does not read it`);
  return { faults, reads: read.size };
}

function foreignReads({ file, uses }, { features, owners }) {
  const place = placeOf(file, features);
  return uses
    .filter(({ table }) => owners.has(table) && owners.get(table).by !== place)
    .map(({ table }) => `${place} ${table}`);
}

function fileFaults({ file, uses, faults, entities = [] }, known) {
  const place = placeOf(file, known.features);
  const foreign = entities.filter((table) => known.owners.get(table)?.by !== place);
  return [
    ...faults.map(({ line, message }) => `${file}:${line}: ${message}`),
    ...uses.flatMap((use) =>
      useFaults(use, { ...known, place }).map((fault) => `${file}:${use.line}: ${fault}`),
    ),
    ...foreign.map((table) => `${file}: an entity describes ${table}, which is another feature's`),
  ];
}

/** By table or view: who owns it, and whether it is a view. */
function ownersOf({ features, folders }) {
  const owners = new Map();
  for (const [name, { owns, publishes = [] }] of Object.entries(features)) {
    for (const table of owns) owners.set(table, { by: name, isView: false });
    for (const view of publishes) owners.set(view, { by: name, isView: true });
  }
  for (const [name, tables] of Object.entries(folders))
    for (const table of tables) owners.set(table, { by: name, isView: false });
  return owners;
}

function declarationFaults({ features, folders }, relations) {
  const listed = [
    ...Object.values(features).flatMap(({ owns, publishes = [] }) => [...owns, ...publishes]),
    ...Object.values(folders).flat(),
  ];
  const twice = listed.filter((table, index) => listed.indexOf(table) !== index);
  return [
    ...[...relations].filter((table) => !listed.includes(table)).map((table) => `nobody owns ${table}`),
    ...listed.filter((table) => !relations.has(table)).map((table) => `${table} is owned and does not exist`),
    ...twice.map((table) => `${table} is owned twice`),
  ];
}

/** The list is ordered: a feature comes after everything that it uses or reads, so there can be no cycle. */
function orderFaults(features, owners) {
  const names = Object.keys(features);
  const modules = [...new Set(names.map(moduleOf))];
  const faults = [];
  for (const [name, { mayUse, mayRead = {} }] of Object.entries(features)) {
    const needed = new Set([...mayUse, ...Object.keys(mayRead).map((table) => owners.get(table)?.by)]);
    for (const other of needed) {
      if (!names.includes(other)) continue;
      const isUp = modules.indexOf(moduleOf(other)) > modules.indexOf(moduleOf(name));
      if (isUp || names.indexOf(other) >= names.indexOf(name))
        faults.push(
          `${name} uses or reads ${other}, which stands below it: together they could form a cycle`,
        );
    }
  }
  return faults;
}

function useFaults({ table, access }, known) {
  const owner = known.owners.get(table);
  if (table.startsWith("pg_") || owner?.by === known.place) return [];
  if (owner === undefined) return known.relations.has(table) ? [] : [`there is no table or view ${table}`];
  return access === "write"
    ? [`${table} is written, and ${owner.by} owns it`]
    : readFaults(table, owner, known);
}

function readFaults(table, owner, { place, features }) {
  const entry = features[place]?.mayRead?.[table];
  if (entry === undefined) return [`${table} of ${owner.by} is read, and not listed in mayRead`];
  const mayReadRows = owner.isView || moduleOf(owner.by) === moduleOf(place) || entry.rows === true;
  return mayReadRows ? [] : [`${table} is a table of another module: read a view that ${owner.by} publishes`];
}

const moduleOf = (feature) => feature.split("/")[0];

/** "src/people/leads/lead.ts" is in "people/leads", "src/platform/log.ts" in "platform". */
function placeOf(file, features) {
  const [, folder, feature] = file.split("/");
  const name = `${folder}/${feature}`;
  return name in features ? name : folder;
}

module.exports = { ownerFaults };
