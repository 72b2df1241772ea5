/**
 * Everybody outside the server, in one process: people at a form site, and the suppliers' sockets. A lead is done
 * when every supplier that was consented to has it on its socket.
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

/** A market that is served: its form site, its sockets, the leads under way and those done. */
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
    // Until it is waited for below.
    isDone.catch(() => undefined);
  };
  const person = { product, need: needOf(number), contact: personOf(number) };
  const { reference, times } = await state.site.journey(person, chosen, onSubmit);
  // Nobody serves this need here: the person leaves.
  if (!reference) return null;
  const doneAt = await isDone;
  if (state.error) throw state.error;
  state.waiting.delete(number);
  state.done.set(reference, received);
  return { times, submittedAt, doneAt };
}

/** So many people at once, each followed by the next: how many leads are done within the time. */
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
    throw new Error(`No lead was done within ${ms} ms: give --seconds more, or the machine rest.`);
  return (1_000 * leads) / ms;
}

/** People who come at an even rate, whether or not those before them are done. */
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
      // It may be on the socket before the confirmation is answered.
      allocateAndDeliver: doneAt - confirm,
      submitToSocket: doneAt - submittedAt,
      whole: doneAt - start,
    };
  });
}
