/**
 * All clients of a run, in one process. To stay cheap, they read only the event number of each frame. They check that
 * each event arrives once and in order.
 */
import pg from "pg";
import WebSocket from "ws";
import { now } from "../shared/clock.mjs";
import { answer } from "../shared/child.mjs";
import { numberIn } from "./frames.mjs";

const atOnce = 50;
const groups = new Map();
let lastGroup = 0;
let sample = null;
/** A promise of the time at which the expected notification arrives. */
let note = null;
let onNote = () => undefined;

answer({ open, close, expect, arrived, listen, expectNote, noted: () => note });

/**
 * Opens a group of sockets and returns its number. Each of `clients` is `{ token, query }`. `from` is the last event
 * that the clients already have; `events` is the number of events that will arrive at once.
 */
async function open({ url, protocol, clients, from = 0, events = 0, isStopped = false }) {
  const group = { sockets: [], last: new Uint32Array(clients.length).fill(from), faults: 0, waiting: null };
  const number = (lastGroup += 1);
  groups.set(number, group);
  if (events > 0) expect({ group: number, events });
  const queue = clients.entries();
  const work = async () => {
    for (const [index, client] of queue)
      group.sockets[index] = await opened({ url, protocol, group, index, isStopped, ...client });
  };
  group.begunAt = now();
  await Promise.all(Array.from({ length: atOnce }, work));
  return number;
}

function opened({ url, protocol, group, index, isStopped, token, query = "", subscription }) {
  const options = { perMessageDeflate: false, skipUTF8Validation: true };
  const socket = new WebSocket(`${url}${query}`, protocol ?? [], options);
  group.sockets[index] = socket;
  socket.on("message", (data) => take(group, index, data));
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("close", (code) => {
      if (!group.isClosing && !isStopped) group.faults += 1;
      reject(new Error(`A socket was closed with ${code}.`));
    });
    if (!protocol) return socket.once("open", () => resolve(socket));
    socket.once("open", () =>
      socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${token}` } })),
    );
    socket.once("message", () => {
      socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: subscription }));
      if (isStopped) socket.pause();
      resolve(socket);
    });
  });
}

function take(group, index, data) {
  const number = numberIn(data);
  if (number === null) return refusedBy(group, data);
  const at = now();
  sample ??= Buffer.from(data);
  if (number !== group.last[index] + 1) group.faults += 1;
  group.last[index] = number;
  const { waiting } = group;
  if (!waiting || (waiting.left -= 1) > 0) return;
  group.waiting = null;
  waiting.resolve({ at, faults: group.faults });
}

/** Counts error frames as faults. Other frames without an event, such as pongs, are ignored. */
function refusedBy(group, data) {
  const text = data.toString();
  if (!/"type":"error"|"errors":/.test(text)) return;
  group.faults += 1;
  console.error(`A client received an error: ${text.slice(0, 300)}`);
}

/** Sets the number of events to wait for. Call it before they are sent. */
function expect({ group, events }) {
  const state = groups.get(group);
  state.arrival = new Promise((resolve) => (state.waiting = { left: events, resolve }));
}

/** Returns when the last expected event arrived. Throws if some are missing after `withinMs`. */
async function arrived({ group, withinMs = 120_000 }) {
  const state = groups.get(group);
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, withinMs, null)));
  const last = await Promise.race([state.arrival, late]).finally(() => clearTimeout(timer));
  if (last === null) throw new Error(`${state.waiting.left} events did not come within ${withinMs} ms.`);
  return { ...last, begunAt: state.begunAt, sample };
}

async function close(number) {
  const group = groups.get(number);
  groups.delete(number);
  group.isClosing = true;
  const closed = group.sockets.map(
    (socket) =>
      new Promise((resolve) => {
        socket.once("close", resolve);
        socket.terminate();
      }),
  );
  await Promise.all(closed);
  return group.faults;
}

async function listen({ databaseUrl, channel }) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  client.on("notification", () => onNote(now()));
  await client.query(`LISTEN ${channel}`);
}

function expectNote() {
  note = new Promise((resolve) => (onNote = resolve));
}
