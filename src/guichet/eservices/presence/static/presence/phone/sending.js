// From the queue to the door, and from what came too late to the corrections. One tab at a time.
import { forCorrection, forDoor, isLate } from "./acts.js";
import { every, fact, keep, know } from "./store.js";

const PATIENCE = 15_000;
const MOST = 50;

export class SignIn extends Error {}
export class Offline extends Error {}
// The portal answers and the door does not: the plain form still registers.
export class NoDoor extends Error {}

export const now = async () => Date.now() + ((await fact("ahead")) ?? 0);

async function asked(address, options) {
  try {
    return await fetch(address, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new Offline();
  }
}

async function posted(address, csrf, body) {
  const answer = await asked(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf },
    body: JSON.stringify(body),
    redirect: "error",
  });
  if (answer.status === 401 || answer.status === 403) throw new SignIn();
  if (!answer.ok) throw new Offline();
  return answer.json();
}

// Who holds this phone now, by a name that tells nothing, and a token of a few minutes.
export async function pass(page) {
  const before = Date.now();
  const given = await posted(page.tokenPlace, page.csrf, {});
  const after = Date.now();
  const ahead = Math.round(Date.parse(given.now) - (before + after) / 2);
  // Less than the way there and back is no difference of clocks.
  await know("ahead", Math.abs(ahead) > after - before + 1000 ? ahead : 0);
  await know("owner", given.owner);
  return given;
}

export async function waiting(owner) {
  const acts = await every("acts");
  return acts.filter((act) => act.owner === owner && ["waiting", "late"].includes(act.state));
}

// Ten minutes are over: the act leaves the queue for good and waits to become a correction.
export async function expire(moment) {
  const over = (await every("acts")).filter((act) => isLate(act, moment));
  for (const act of over) await keep("acts", { ...act, state: "late" });
  return over;
}

// What the server knows already was sent, whatever became of the answer, or of the act since.
export async function settle(known, cancelled) {
  for (const act of await every("acts")) {
    const receipts = known[act.key];
    if (receipts && ["waiting", "late"].includes(act.state)) {
      const gone = receipts.filter((one) => cancelled.includes(one));
      await keep("acts", gone.length
        ? { ...act, state: "cancelled", receipts: gone } : { ...act, state: "sent", receipts });
    }
  }
}

export async function send(page) {
  const work = () => sent(page);
  if (!navigator.locks) return work();
  return navigator.locks.request("guichet-presence", work);
}

async function sent(page) {
  const given = await pass(page);
  await expire(await now());
  const acts = (await waiting(given.owner)).slice(0, MOST);
  const changed = [];
  const fresh = acts.filter((act) => act.state === "waiting");
  if (fresh.length) changed.push(...(await through(given, fresh)));
  const late = [...acts, ...changed].filter((act) => act.state === "late");
  if (late.length) changed.push(...(await prepared(page, late)));
  return changed;
}

async function through(given, acts) {
  const answer = await asked(given.door, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${given.token}` },
    body: JSON.stringify({ acts: acts.map(forDoor) }),
    credentials: "omit",
  }).catch(() => { throw new NoDoor(); });
  if (answer.status === 401) throw new SignIn();
  if (!answer.ok) throw new NoDoor();
  const { acts: outcomes } = await answer.json();
  const changed = [];
  for (const [at, outcome] of outcomes.entries()) {
    const act = { ...acts[at], receipts: outcome.receipts, receivedAt: outcome.receivedAt };
    const codes = (outcome.reasons ?? []).map((one) => one.code.split(".").pop());
    act.state = outcome.outcome === "refused" ? "refused" : "sent";
    if (outcome.cancelled?.length) Object.assign(act, { state: "cancelled", receipts: outcome.cancelled });
    // Late by the server's clock: what is missing is asked for, like what ran out here.
    if (codes.includes("registration-date")) act.state = "late";
    else act.codes = codes;
    await keep("acts", act);
    changed.push(act);
  }
  return changed;
}

async function prepared(page, acts) {
  const changed = [];
  for (const act of acts) {
    const { acts: outcomes } = await posted(page.latePlace, page.csrf, { acts: forCorrection(act) });
    const first = outcomes.find((one) => one.outcome === "cancelled") ?? outcomes[0];
    const states = {
      prepared: "prepared", registered: "sent", refused: "refused", cancelled: "cancelled",
    };
    const done = { ...act, state: states[first.outcome], href: first.href };
    if (first.receipt) done.receipts = [first.receipt];
    if (first.code) done.codes = [first.code];
    await keep("acts", done);
    changed.push(done);
  }
  return changed;
}
