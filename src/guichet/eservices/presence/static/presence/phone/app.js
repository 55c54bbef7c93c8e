// The button as an app: a press is kept before it is sent, so nothing gets lost without a network.
// Without this file the page is a plain form that does the same, as long as there is a network.
import { next, uuid } from "./acts.js";
import { show } from "./outbox.js";
import { position } from "./position.js";
import { NoDoor, SignIn, expire, now, pass, send, settle } from "./sending.js";
import { every, fact, keep, know } from "./store.js";

const AGAIN = 20_000; // between two tries while something waits
const PROBE = 3_000; // without the page itself: between two looks for a network
const root = document.querySelector("[data-phone]");
const page = JSON.parse(root.querySelector("[data-page]").textContent);
const words = page.words;
const form = document.querySelector("[data-press]");
const part = (name) => document.querySelector(`[data-${name}]`);
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("guichet-presence") : null;
page.csrf = form?.elements.csrfmiddlewaretoken?.value ?? "";

let isBusy = false;
let lastTry = 0;
let situation = null;
let fault = null; // of the last try to send

function say(name, text) {
  const place = part(name);
  if (place.textContent === text) return;
  place.textContent = text; // a live region: said once, when it changes
  place.hidden = !text;
}

function network(state) {
  root.dataset.network = state;
  const shown = { offline: words.offline, signIn: words.signIn, online: "" };
  say("net", shown[state]);
  part("sign-in").hidden = state !== "signIn";
}

// For whom this page registers: whom the server showed it to, never who was here before.
async function holder() {
  if (page.isShell) return fact("owner");
  page.owner ||= (await pass(page)).owner;
  return page.owner;
}

async function mine() {
  const owner = page.isShell ? await fact("owner") : page.owner;
  const acts = await every("acts");
  const others = acts.filter((act) => act.owner !== owner && act.state === "waiting").length;
  return { acts: acts.filter((act) => act.owner === owner), others };
}

async function draw() {
  const moment = await now();
  const over = await expire(moment);
  if (over.length) say("said", words.over);
  const { acts, others } = await mine();
  show(part("outbox"), acts, words, moment);
  part("others").hidden = !others;
  return acts.some((act) => ["waiting", "late"].includes(act.state));
}

async function flush() {
  if (page.isShell) return [];
  lastTry = performance.now();
  fault = null;
  try {
    const changed = await send(page);
    network("online");
    const owner = await fact("owner");
    if (page.owner && page.owner !== owner) location.reload(); // another session in another tab
    page.owner = owner;
    if (changed.length) tabs?.postMessage("changed");
    return changed;
  } catch (found) {
    fault = found;
    network(fault instanceof SignIn ? "signIn" : fault instanceof NoDoor ? "online" : "offline");
    return [];
  } finally {
    await draw();
  }
}

// The server's page is better than ours as soon as it can be had.
function renew(said) {
  if (said) sessionStorage.setItem("said", said);
  location.replace(`${page.place}?site=${encodeURIComponent(situation.site)}`);
}

function offer(steps) {
  const [main, ...others] = steps;
  const button = form.querySelector("button.g-arch");
  button.value = main;
  button.querySelector("span").textContent = words.steps[main].label;
  button.querySelector("small").textContent = words.steps[main].sentence;
  const drawn = document.querySelector(`template[data-icon=${words.steps[main].icon}]`);
  button.querySelector("svg").replaceWith(drawn.content.cloneNode(true));
  const alternatives = form.querySelector("[data-others-steps]");
  alternatives.replaceChildren(...others.map((step) => {
    const other = document.createElement("button");
    other.className = "pr-link";
    other.name = "step";
    other.value = step;
    other.textContent = words.steps[step].link;
    return other;
  }));
}

function employer() {
  const fields = form.elements;
  const key = new FormData(form).get("employer") || situation.employer || "";
  if (!key) return null;
  if (fields.employer && situation.asksEmployer) situation.employer = key;
  return /^[0-9. ]+$/.test(key)
    ? { enterpriseNumber: key.replace(/\D/g, "") }
    : { foreignVatNumber: key.replace(/\s/g, "").toUpperCase() };
}

function address() {
  const given = new FormData(form);
  const postCode = given.get("postcode");
  const municipalityName = given.get("municipality");
  return postCode && municipalityName ? { postCode, municipalityName } : null;
}

async function pressed(step) {
  const moment = new Date(await now()).toISOString();
  const owner = await holder();
  if (!owner) return say("said", words.signInFirst);
  const isIn = ["start", "resume", "move"].includes(step);
  const forWhom = employer();
  if (isIn && !forWhom) return say("said", words.forWhom);
  part("wait").hidden = false;
  const where = await position();
  part("wait").hidden = true;
  const { acts } = await mine();
  const isFirst = !acts.some((act) => ["waiting", "late"].includes(act.state));
  const act = {
    key: form.elements.key.value || uuid(), owner, step, state: "waiting", site: situation.site,
    occurredAt: moment, deviceAt: new Date().toISOString(), position: where, employer: forWhom,
  };
  const place = address();
  if (place && where.state !== "given") act.address = place;
  if (step === "move") act.leaves = situation.leaves;
  if (isFirst && !page.isShell && root.dataset.network !== "offline") act.after = page.last;
  await keep("acts", act);
  form.elements.key.value = uuid();
  situation = {
    ...situation, steps: next(step), running: isIn ? situation.site : null,
    leaves: isIn ? { site: situation.site, employer: forWhom } : null,
  };
  await know("situation", situation);
  tabs?.postMessage("changed");
  await draw();
  const sent = (await flush()).find((one) => one.key === act.key);
  const said = { sent: words.registered, cancelled: words.cancelled };
  if (sent) return renew(said[sent.state] ?? words.notRegistered);
  if (fault instanceof NoDoor) return plain(step, act);
  offer(situation.steps);
  say("said", words.kept);
}

async function submitted(event) {
  const step = event.submitter?.value ?? form.querySelector("button.g-arch").value;
  if (step === "done" && !page.isShell) return; // nothing is registered: a plain form
  event.preventDefault();
  if (isBusy) return; // a second tap while the first one waits
  isBusy = true;
  try {
    await pressed(step);
  } catch {
    // No room to keep it (a private window): the plain form does it, under the same key.
    if (page.isShell) say("said", words.noRoom);
    else plain(step);
  } finally {
    isBusy = false;
  }
}

function plain(step, act) {
  if (act) {
    const { state, coordinates, accuracyMetres } = act.position;
    const told = { key: act.key, position: state, accuracy: accuracyMetres, ...coordinates };
    for (const [name, value] of Object.entries(told)) form.elements[name].value = value ?? "";
  }
  const chosen = document.createElement("input");
  Object.assign(chosen, { type: "hidden", name: "step", value: step });
  form.append(chosen);
  form.submit();
}

function tick() {
  const shown = part("clock");
  now().then((moment) => {
    shown.dateTime = new Date(moment).toISOString();
    shown.textContent = new Intl.DateTimeFormat("fr-BE", {
      hour: "2-digit", minute: "2-digit", timeZone: "Europe/Brussels",
    }).format(new Date(moment));
  });
  if (page.isShell && !isBusy && performance.now() - lastTry > PROBE) probe();
  draw().then((waits) => {
    if (!waits || page.isShell || isBusy) return;
    if (performance.now() - lastTry > AGAIN) flush().then(renewed);
  });
}

// What a phone says of its network is a hint; an answer is the truth.
async function probe() {
  lastTry = performance.now();
  try {
    const answer = await fetch(page.worker, { method: "HEAD", cache: "no-store" });
    if (answer.ok && !isBusy) location.replace(situation?.site ? `${page.place}?site=${situation.site}` : page.place);
  } catch {
    // Still without.
  }
}

const renewed = (changed) => {
  if (changed.some((act) => act.state === "sent")) renew(words.sentLater);
};

async function begin() {
  situation = page.situation ?? (await fact("situation")) ?? null;
  const said = sessionStorage.getItem("said");
  if (said) {
    sessionStorage.removeItem("said");
    say("said", said);
  }
  if (page.isShell) {
    const { shell } = await import("./shell.js");
    situation = await shell({ root, words, form, situation, offer, say, page });
    network("offline");
    addEventListener("online", probe);
  } else if (situation) {
    await know("situation", situation);
    if (page.owner) await know("owner", page.owner);
    await settle(page.known, page.cancelled);
    addEventListener("online", () => flush().then(renewed));
    addEventListener("offline", () => network("offline"));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && !isBusy) flush().then(renewed);
    });
    flush().then(renewed);
  }
  tabs?.addEventListener("message", draw);
  form?.addEventListener("submit", submitted);
  setInterval(tick, 1000);
  tick();
  await draw();
}

function install() {
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(page.worker).catch(() => {});
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    part("install").hidden = false;
    part("install").querySelector("button").addEventListener("click", () => event.prompt());
  });
  addEventListener("appinstalled", () => { part("install").hidden = true; });
}

// Whoever signs out leaves the queue behind, never his name for the next person.
for (const out of document.querySelectorAll("form[action$='/sign-out/'],form[data-sign-out]")) {
  out.addEventListener("submit", () => { know("owner", null); });
}
install();
begin().catch(() => say("said", words.noRoom));
