/** Attributes the CPU samples of a profile to packages and to our own folders. */

const groups = [
  [
    "graphql",
    /\/node_modules\/(graphql|@apollo|type-graphql|graphql-ws|@graphql-tools|@as-integrations|dataloader|class-validator)\//,
  ],
  ["typeorm", /\/node_modules\/typeorm\//],
  ["pg", /\/node_modules\/pg[^/]*\//],
  ["fastify", /\/node_modules\/(@?fastify|find-my-way|light-my-request|avvio|secure-json-parse)/],
  ["ws", /\/node_modules\/ws\//],
  ["other packages", /\/node_modules\//],
  ["crypto", /^node:(internal\/)?crypto/],
  [
    "http and sockets",
    /^node:(_?http|net|internal\/stream_base|stream|internal\/streams|internal\/http|_stream|events|internal\/timers|timers)/,
  ],
];
const ours = /\/dist\/src\/([^/]+)\//;

function groupOf({ url, functionName }) {
  if (functionName === "(garbage collector)") return "garbage";
  if (functionName === "(idle)") return null;
  const known = groups.find(([, pattern]) => pattern.test(url));
  if (known) return known[0];
  const folder = ours.exec(url);
  if (folder) return `ours: ${folder[1]}`;
  if (url.startsWith("node:")) return "rest of Node";
  // Functions built into V8 or Node, such as JSON.parse or a socket write, count for their caller.
  return undefined;
}

/** Two views of all non-idle samples: by the code that was running, and by our folder that called it ("asked by"). */
export function sharesOf({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) for (const child of node.children ?? []) byId.get(child).parent = node;
  const self = new Map();
  const asked = new Map();
  let total = 0;
  for (const [index, id] of samples.entries()) {
    const group = runnerOf(byId.get(id));
    if (group === null) continue;
    const took = timeDeltas[index];
    total += took;
    self.set(group, (self.get(group) ?? 0) + took);
    const folder = folderOf(byId.get(id));
    asked.set(folder, (asked.get(folder) ?? 0) + took);
  }
  return { self: inOrder(self, total), askedBy: inOrder(asked, total) };
}

function runnerOf(node) {
  for (let at = node; at; at = at.parent) {
    const group = groupOf(at.callFrame);
    if (group !== undefined) return group;
  }
  return "Node itself";
}

function folderOf(node) {
  for (let at = node; at; at = at.parent) {
    const folder = ours.exec(at.callFrame.url);
    if (folder) return folder[1];
  }
  return "none of ours";
}

const inOrder = (times, total) =>
  Object.fromEntries(
    [...times].sort(([, one], [, other]) => other - one).map(([name, time]) => [name, time / total]),
  );
