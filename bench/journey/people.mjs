/**
 * Simulates all clients in one process: the people at a form site and the suppliers' sockets. A lead is done when every
 * supplier that the person consented to has received it on its socket.
 */
import WebSocket from "ws";
import { randomOf } from "../matching/random.mjs";
import { answer } from "../shared/child.mjs";
import { now } from "../shared/clock.mjs";
import { FormSite } from "../shared/form-site.mjs";
import { needOf, personOf, product } from "./market.mjs";

const suppliersALead = 3;
const lateMs = 60_000;
const atOnce = 50;

export const subscription = `subscription { leadFeed { __typename cursor at ... on LeadMatched { leadId lead {
  id submittedAt matchedAt seat seats priceCents product { id } place { postcode }
  contact { civility firstName lastName email phone postcode city channels }
  answers { field value } charge { status amountCents } withheld { field reason } } } } }`;

/** The state of one server's clients: its form site, its sockets, the leads under way and the leads done. */
const markets = new Map();
let lastNumber = 0;

answer({ enter, saturate, steady, done: ({ market }) => [...markets.get(market).done] });

async function enter({ market, url, wsUrl, formToken, suppliers }) {
  const state = {
    site: new FormSite({ url, token: formToken }),
    waiting: new Map(),
    done: new Map(),
    error: null,
  };
  markets.set(market, state);
  const queue = suppliers.values();
  const work = async () => {
    for (const { id, token } of queue) await listen(state, { wsUrl, id, token });
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

function listen(state, { wsUrl, id, token }) {
  const socket = new WebSocket(wsUrl, "graphql-transport-ws", {
    perMessageDeflate: false,
    skipUTF8Validation: true,
  });
  const send = (message) => socket.send(JSON.stringify(message));
  socket.on("message", (data) => hear(state, id, data));
  socket.on("close", (code) => failed(state, `A supplier's socket was closed with ${code}.`));
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.once("open", () =>
      send({ type: "connection_init", payload: { authorization: `Bearer ${token}` } }),
    );
    socket.once("message", () => {
      send({ id: "1", type: "subscribe", payload: { query: subscription } });
      resolve();
    });
  });
}

function failed(state, text) {
  if (!state.error) console.error(text);
  state.error = new Error(text);
}

const mark = Buffer.from('"email":"lead-');

function hear(state, supplierId, frame) {
  const at = frame.indexOf(mark);
  if (at < 0) {
    if (/"type":"error"|"errors":/.test(frame)) failed(state, frame.toString().slice(0, 500));
    return;
  }
  const number = Number.parseInt(frame.latin1Slice(at + mark.length, at + mark.length + 12), 10);
  state.waiting.get(number)?.(supplierId);
}

/** One person, from the form until the last supplier has the lead. */
async function oneLead(state) {
  const number = (lastNumber += 1);
  const random = randomOf(21, number);
  const chosen = (shown) => random.some(Math.min(suppliersALead, shown.length), shown);
  const received = [];
  let isDone = Promise.resolve();
  let submittedAt = 0;
  const onSubmit = (supplierIds, at) => {
    submittedAt = at;
    isDone = new Promise((resolve, reject) => {
      const late = setTimeout(
        () =>
          reject(new Error(`Lead ${number} reached ${received.length} of ${supplierIds.length} in time.`)),
        lateMs,
      );
      state.waiting.set(number, (supplierId) => {
        received.push(supplierId);
        if (received.length < supplierIds.length) return;
        clearTimeout(late);
        resolve(now());
      });
    });
    // Prevents an unhandled rejection before it is awaited below.
    isDone.catch(() => undefined);
  };
  const person = { product, need: needOf(number), contact: personOf(number) };
  const { reference, times } = await state.site.journey(person, chosen, onSubmit);
  // No supplier matches this need, so the person leaves.
  if (!reference) return null;
  const doneAt = await isDone;
  if (state.error) throw state.error;
  state.waiting.delete(number);
  state.done.set(reference, received);
  return { times, submittedAt, doneAt };
}

/** Runs a fixed number of people at a time, each followed by the next, and counts the leads done within the time. */
async function saturate({ market, workers, ms }) {
  const state = markets.get(market);
  const warmUp = ms / 5;
  const begun = now() + warmUp;
  const end = begun + ms;
  let leads = 0;
  const work = async () => {
    while (now() < end) {
      const lead = await oneLead(state);
      if (lead && lead.doneAt >= begun && lead.doneAt < end) leads += 1;
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  if (leads === 0)
    throw new Error(`No lead was done within ${ms} ms: raise --seconds, or reduce the load on the machine.`);
  return (1_000 * leads) / ms;
}

/** Starts people at a constant rate, whether or not the previous ones are done. */
async function steady({ market, rate, ms }) {
  const state = markets.get(market);
  const begun = now();
  const leads = [];
  for (let sent = 0; sent < (rate * ms) / 1_000; sent++) {
    const wait = begun + (1_000 * sent) / rate - now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    leads.push(oneLead(state));
  }
  const done = (await Promise.all(leads)).filter((lead) => lead !== null);
  return done.map(({ times, submittedAt, doneAt }) => {
    const [start, form, preview, submit, confirm] = times;
    return {
      form: form - start,
      preview: preview - form,
      submit: submit - preview,
      confirm: confirm - submit,
      // The lead may arrive on the socket before the confirmation is answered.
      allocateAndDeliver: doneAt - confirm,
      submitToSocket: doneAt - submittedAt,
      whole: doneAt - start,
    };
  });
}
