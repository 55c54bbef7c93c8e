// Signed calls to the server, one at a time, and the queue of what could not be sent.
import { drop, fact, keep, know, waiting } from "./store.js";
import { signedCall, signedMessage } from "./signing.js";

const PATIENCE = 15_000;
const MOST = 50;

export class Offline extends Error {}
export class Ended extends Error {}
export class Unknown extends Error {}

export const now = async () => Date.now() + ((await fact("ahead")) ?? 0);

export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export async function posted(address, headers, body) {
  try {
    return await fetch(address, {
      method: "POST", body, redirect: "error", credentials: "omit", cache: "no-store",
      headers: { "Content-Type": "application/json", Accept: "application/json", ...headers },
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    throw new Offline();
  }
}

// Two tabs of one kiosk share its counter.
const alone = (work) => (navigator.locks ? navigator.locks.request("guichet-kiosk", work) : work());

export const call = (page, operation, members) => alone(() => called(page, operation, members, true));

async function called(page, operation, members, mayAgain) {
  const device = await fact("device");
  const pair = await fact("key");
  if (!device || !pair) throw new Unknown();
  const moment = await now();
  // Milliseconds, and never the same or less than before.
  const counter = Math.max(((await fact("counter")) ?? 0) + 1, moment);
  await know("counter", counter);
  const body = JSON.stringify(members);
  const time = new Date(moment).toISOString();
  const signature = await signedCall(pair.privateKey, { device, operation, counter, time, body });
  const answer = await posted(page.doors[operation], {
    "Guichet-Device": device, "Guichet-Counter": counter, "Guichet-Time": time,
    "Guichet-Signature": signature,
  }, body);
  const told = await answer.json().catch(() => ({}));
  const type = String(told.type ?? "").split(":").pop();
  if (type === "deviceEnded") throw new Ended();
  if (type === "deviceNotRecognised") throw new Unknown();
  if (type === "deviceClock" && mayAgain) {
    await know("ahead", Date.parse(told.now) - Date.now());
    return called(page, operation, members, false);
  }
  if (!answer.ok) throw new Offline();
  await learn(told.now);
  return told;
}

async function learn(told) {
  if (!told) return;
  const ahead = Date.parse(told) - Date.now();
  await know("ahead", Math.abs(ahead) > 2000 ? ahead : 0);
}

// Signed when it happens; what waits afterwards cannot be changed any more. `said.at`: of what
// happened before, and is signed only now that somebody said for whom.
export async function put(said) {
  const device = await fact("device");
  const pair = await fact("key");
  const key = uuid();
  const text = JSON.stringify({ ...said, key, at: said.at ?? new Date(await now()).toISOString() });
  const signature = await signedMessage(pair.privateKey, device, text);
  const order = ((await fact("order")) ?? 0) + 1;
  await know("order", order);
  await keep({ key, order, text, signature });
  return key;
}

// Everything that waits, in its order; what was taken or refused leaves the queue.
export async function flush(page) {
  const settled = [];
  for (;;) {
    const kept = (await waiting()).slice(0, MOST);
    if (!kept.length) return settled;
    const messages = kept.map(({ text, signature }) => ({ text, signature }));
    const told = await call(page, "messages", { messages });
    for (const [at, outcome] of told.messages.entries()) {
      if (outcome.code === "employer") await leaveOpen(JSON.parse(kept[at].text));
      await drop(kept[at].key);
      settled.push({ ...outcome, key: kept[at].key });
    }
  }
}

// What was kept without a network, of somebody who works for several firms and named none: it is
// asked when he comes again. It stands here for a day at most, and nowhere else.
const OPEN_FOR = 24 * 3_600_000;

async function open() {
  const limit = (await now()) - OPEN_FOR;
  return ((await fact("open")) ?? []).filter((one) => Date.parse(one.at) > limit);
}

async function leaveOpen({ value, byEid, isSimulated, at, type, step }) {
  if (!step) await know("open", [...(await open()), { value, byEid, isSimulated, at, type }]);
}

export const forgetOpen = async () => know("open", await open());

const isOf = (read) => (one) => one.value === read.value && Boolean(one.byEid) === Boolean(read.byEid);

export const openOf = async (read) => (await open()).filter(isOf(read));

export async function settled(read) {
  await know("open", (await open()).filter((one) => !isOf(read)(one)));
}
