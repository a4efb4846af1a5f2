/** The server's routes for a kiosk. A visit is {conversation_id, token}, as `begin` returns it. */
import { Refused, Unreachable } from "../widget/api.js";

const TIMEOUT_MS = 10_000;
const CARD_WITHIN_MS = 30_000; // the reader waits 20 s for a card
const WIPED_WITHIN_MS = 3_000;

/** The server said no, in a sentence for the citizen where it has one. */
class Said extends Refused {
  constructor(status, sentence) {
    super(status);
    this.sentence = sentence;
  }
}

/** Return what this kiosk is: hall, machine, items, idle, paper, phone, card_reader. */
export function fetchKiosk() {
  return json("/api/kiosk");
}

/** Return whether one can be heard here. */
export async function fetchSpeaks() {
  return (await json("/api/speech")).available;
}

/** Begin a visit. */
export function beginVisit() {
  return json("/api/kiosk/visits", { method: "POST", body: {} });
}

/** Say that somebody is there. */
export function touchVisit(visit) {
  return request(place(visit, "touch"), { method: "POST", visit });
}

/** End a visit for good; goes out even while the page is being left. */
export function wipeVisit(visit) {
  const obeying = { credentials: "same-origin" }; // else the browser would not obey the answer's Clear-Site-Data
  return request(place(visit, "wipe"), { method: "POST", visit, keepalive: true, patience: WIPED_WITHIN_MS, ...obeying });
}

/** Return a code to go on with on a phone: {address, code, expires_in_seconds, svg}. */
export function fetchPhoneCode(visit) {
  return json(place(visit, "phone"), { method: "POST", visit });
}

/** Read an ID card; return {name, id_number}, or null when none was laid on the reader. */
export async function readCard(visit, signal) {
  const response = await request(place(visit, "card"), { method: "POST", visit, patience: CARD_WITHIN_MS, signal });
  return response.status === 204 ? null : response.json();
}

/** Call a clerk to the machine; return what is to be told. */
export async function callClerk(visit) {
  return (await json(place(visit, "call"), { method: "POST", visit })).message;
}

/** Return everything that happened in a visit's conversation. */
export async function fetchEvents(visit) {
  const address = `/api/conversations/${encodeURIComponent(visit.conversation_id)}/events?after=0`;
  return (await json(address, { visit })).events;
}

function place(visit, deed) {
  return `/api/kiosk/visits/${encodeURIComponent(visit.conversation_id)}/${deed}`;
}

async function json(address, options) {
  return (await request(address, options)).json();
}

async function request(address, wanted = {}) {
  const { method = "GET", body, visit, patience = TIMEOUT_MS, keepalive = false, credentials = "omit", signal } = wanted;
  const headers = {};
  if (body) headers["Content-Type"] = "application/json";
  if (visit) headers.Authorization = `Bearer ${visit.token}`;
  const limits = [AbortSignal.timeout(patience), signal].filter(Boolean);
  const options = { method, headers, keepalive, credentials, cache: "no-store", signal: AbortSignal.any(limits) };
  if (body) options.body = JSON.stringify(body);
  const response = await fetch(address, options).catch((error) => {
    throw new Unreachable(error.message);
  });
  if (response.ok) return response;
  const { message = null } = await response.json().catch(() => ({}));
  throw new Said(response.status, message);
}
