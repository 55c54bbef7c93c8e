// The kiosk: who, is that you, done. What cannot be sent waits, signed, and is said so.
import { card, pairing } from "./bridge.js";
import { Ended, Offline, Unknown, call, flush, forgetOpen, now, openOf, posted, put, settled } from "./calls.js";
import * as screens from "./screens.js";
import { canSign, newKey, publicPart, signedCode } from "./signing.js";
import { fact, know, waiting } from "./store.js";

const QUIET = 10_000; // nobody touches anything: back to the beginning
const AGAIN = 20_000; // between two tries while something waits
const LOOK = 1_000; // between two looks at the card reader
const page = JSON.parse(document.querySelector("[data-page]").textContent);
const part = (name) => document.querySelector(`[data-${name}]`);

let language = page.language;
let words = page.words[language];
let device = null; // what the server says of this kiosk
let person = null; // before us, until the screen goes back
let field = null; // of the first screen
let touched = performance.now();
let lastTry = 0;
let isBusy = false;
let redraw = () => {};

const screen = () => part("kiosk").dataset.screen;

function say(place, told) {
  if (part(place).textContent !== told) part(place).textContent = told;
}

function speak(code) {
  language = code;
  words = page.words[code];
  document.documentElement.lang = code;
  document.title = `${words.title} – Guichet`;
  for (const one of part("languages").children) one.setAttribute("aria-pressed", one.value === code);
  const scanner = part("scanner");
  Object.assign(scanner.dataset, { looking: words.scanLooking, nothing: words.scanNothing,
    foreign: words.reasons.unreadable, camera: words.scanCamera });
  part("scan").textContent = part("scan-title").textContent = words.scan;
  part("scan-close").textContent = words.scanClose;
}

function draw(work) {
  redraw = work;
  work();
  part("scanner").toggleAttribute("data-off", screen() !== "ask");
}

function start() {
  person = null;
  speak(page.language);
  draw(() => { field = screens.ask(words, device.accepts, field?.value ?? "", (text) => identify({ value: text })); });
  if (field) field.value = "";
}

function finish(told) {
  draw(() => screens.done(words, told(words), start));
}

const refusal = (code) => finish((in_) => ({
  kind: "bad", title: in_.refused, body: in_.reasons[code] ?? in_.reasons.other,
}));

function stop(fault) {
  if (fault instanceof Ended) {
    know("ended", true);
    know("open", []);
    draw(() => screens.stopped(words));
    say("eid", "");
    return true;
  }
  if (fault instanceof Unknown) {
    begin(nothing);
    return true;
  }
  return false;
}

async function identify(read) {
  if (isBusy) return;
  isBusy = true;
  draw(() => screens.wait(words));
  try {
    const found = await call(page, "person", { ...read, language });
    touched = performance.now();
    if (found.outcome === "refused") return refusal(found.code);
    person = { read, ...found, open: await openOf(read) };
    network(true);
    draw(() => screens.confirm(words, seen(), pressed, start));
  } catch (fault) {
    if (stop(fault)) return;
    network(false);
    // Nobody can be asked: what was read is kept with what he says.
    person = { read, employers: firms(read), name: "", isKept: true, open: [] };
    touched = performance.now();
    draw(() => screens.confirm(words, seen(), pressed, start));
  } finally {
    isBusy = false;
  }
}

// A Limosa number says for whom; an older server told no firms.
const firms = (read) => (isLimosa(read) ? [] : device.firms ?? []);
const isLimosa = (read) => !read.byEid && read.value.replace(/\D/g, "").length === 17;

// What the second screen shows, in the language of now.
function seen() {
  const digits = person.read.value.replace(/\D/g, "");
  const bare = [11, 17].includes(digits.length) && !person.read.byEid;
  const name = person.name || (bare ? screens.fill(words.unnamed, { number: grouped(digits) }) : words.read);
  const people = person.employers;
  if (person.open.length) return { name, people, ...unsaid(person.open.at(-1)) };
  const mayLeave = Boolean(person.isKept);
  if (device.events === "day") return { name, people, mayLeave, steps: [["day", words.day, "", "play"]] };
  if (person.isKept) {
    const steps = [["in", words.in, words.inText, "play"], ["out", words.out, words.outText, "stop"]];
    return { name, people, mayLeave, steps };
  }
  const signs = { break: "pause", end: "stop" };
  const steps = person.steps.map((step) =>
    [step, words.steps[step].label, words.steps[step].sentence, signs[step] ?? "play"]);
  return { name, people, steps };
}

// For whom he worked when nobody could be asked comes before anything else.
function unsaid({ at }) {
  const time = clock(new Date(at));
  return { note: screens.fill(words.open, { time }),
    steps: [["settle", words.settle, screens.fill(words.settleText, { time }), "play"]] };
}

const grouped = (digits) => digits.length === 11
  ? digits.replace(/^(..)(..)(..)(...)(..)$/, "$1.$2.$3-$4.$5")
  : digits.replace(/(.{4})(?=.)/g, "$1 ");

async function pressed(step, employer) {
  if (isBusy) return;
  isBusy = true;
  const said = { ...person.read };
  if (employer) said.employer = employer;
  if (device.events !== "day") said[person.isKept ? "type" : "step"] = step;
  draw(() => screens.wait(words));
  try {
    const key = step === "settle" ? await putOpen(employer) : await put(said);
    const found = await sent();
    touched = performance.now();
    const mine = found?.find((one) => one.key === key);
    if (screen() === "ended") return;
    if (!mine) finish((in_) => ({ kind: "kept", title: in_.kept, body: device.events === "day" ? in_.keptDay : in_.keptAct }));
    else if (mine.outcome === "registered") {
      finish((in_) => ({ kind: "good", title: in_.done, receipts: mine.receipts, body: mine.isRepeat ? in_.doneAgain : "" }));
    } else if (mine.outcome === "prepared") finish((in_) => ({ kind: "kept", title: in_.refused, body: in_.prepared }));
    else refusal(mine.code);
  } catch {
    refusal("other"); // no room to keep it
  } finally {
    isBusy = false;
  }
}

// Everything that he left open, with what he says now; the key of the last one.
async function putOpen(employer) {
  let key = null;
  for (const one of person.open) key = await put(employer ? { ...one, employer } : one);
  await settled(person.read);
  return key;
}

// What waits, sent; null when that could not be.
async function sent() {
  lastTry = performance.now();
  try {
    const found = await flush(page);
    await forgetOpen();
    network(true);
    return found;
  } catch (fault) {
    if (!stop(fault)) network(!(fault instanceof Offline));
    return null;
  } finally {
    await count();
  }
}

async function network(isThere) {
  document.documentElement.dataset.network = isThere ? "online" : "offline";
  await count();
}

async function count() {
  const left = (await waiting()).length;
  const told = left === 1 ? words.waitingOne : left ? screens.fill(words.waitingMany, { count: left }) : "";
  const off = document.documentElement.dataset.network === "offline" ? words.offline : "";
  say("net", [off, told].filter(Boolean).join(" "));
  part("net").dataset.waiting = left;
}

// `told`: which of our words, so that it is said in the language of now.
function begin(told, typed = decodeURIComponent(location.hash.slice(1)), paired = "") {
  draw(() => screens.setUp(words, { code: typed, pairing: paired }, told(words), initialise));
}
const nothing = () => "";

async function initialise(typed, paired) {
  const bridge = paired.trim() ? pairing(paired) : undefined;
  if (bridge === null) return begin((in_) => in_.pairingWrong, typed, paired);
  const code = typed.toUpperCase().replace(/[^A-Z]/g, "");
  const pair = await newKey();
  const body = JSON.stringify({ code, publicKey: await publicPart(pair), signature: await signedCode(pair.privateKey, code) });
  try {
    const answer = await posted(page.doors.initialise, {}, body);
    if (answer.status === 429) return begin((in_) => in_.reasons.busy, typed, paired);
    if (!answer.ok) return begin((in_) => in_.codeWrong, typed, paired);
    const told = await answer.json();
    await know("key", pair);
    await know("device", told.device);
    await know("bridge", bridge ?? null);
    await know("ended", false);
    history.replaceState(null, "", location.pathname); // the code worked once
    await open();
  } catch {
    begin((in_) => in_.offline, typed, paired);
  }
}

async function open() {
  if (await fact("ended")) return draw(() => screens.stopped(words));
  if (!(await fact("device"))) return begin(nothing);
  try {
    device = await call(page, "state", {});
    await know("state", device);
    network(true);
  } catch (fault) {
    if (stop(fault)) return;
    device = await fact("state");
    network(false);
    if (!device) return draw(() => screens.wait(words));
  }
  part("site").textContent = `${device.site.name} ${device.site.reference}`;
  start();
  await sent();
}

const clock = (moment) => new Intl.DateTimeFormat("fr-BE", {
  hour: "2-digit", minute: "2-digit", timeZone: "Europe/Brussels",
}).format(moment);

async function tick() {
  const moment = new Date(await now());
  part("clock").dateTime = moment.toISOString();
  part("clock").textContent = clock(moment);
  const isQuiet = performance.now() - touched > QUIET;
  if (isQuiet && ["confirm", "done"].includes(screen())) start();
  // Half a number that somebody left behind is nobody's.
  if (isQuiet && screen() === "ask" && field.value) field.value = "";
  if (device && !isBusy && performance.now() - lastTry > AGAIN) {
    if ((await waiting()).length) await sent();
    else await heartbeat();
  }
}

// Also with nothing to send: an ended kiosk says so before the next person comes.
async function heartbeat() {
  lastTry = performance.now();
  if (!["ask", "wait"].includes(screen())) return;
  try {
    device = await call(page, "state", {});
    await know("state", device);
    await forgetOpen();
    network(true);
    if (screen() === "wait") start();
  } catch (fault) {
    if (!stop(fault)) network(false);
  }
}

async function look() {
  if (screen() !== "ask" || isBusy) return;
  const found = await card();
  if (!found || screen() !== "ask") return;
  const told = { empty: words.eidReady, same: words.eidReady, read: words.eidReady }[found.state] ?? words.eidAway;
  say("eid", found.isSimulated ? `${told} ${words.simulated}.` : told);
  if (found.state === "read" && found.niss) {
    identify({ value: found.niss, byEid: true, isSimulated: Boolean(found.isSimulated) });
  }
}

function touch() {
  touched = performance.now();
  for (const one of document.querySelectorAll(".ks-sill")) {
    one.classList.remove("is-shrinking");
    void one.offsetWidth; // begins anew
    one.classList.add("is-shrinking");
  }
}

function listen() {
  for (const name of ["keydown", "pointerdown", "input"]) addEventListener(name, touch, true);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && screen() === "confirm") start();
  });
  part("languages").hidden = false;
  part("languages").addEventListener("click", (event) => {
    if (!event.target.value) return;
    const typed = screen() === "ask" ? field.value : "";
    speak(event.target.value);
    redraw();
    if (screen() === "ask") field.value = typed;
    count();
  });
  part("scanner").addEventListener("site", (event) => {
    event.preventDefault();
    if (screen() === "ask") identify({ value: event.detail });
  });
  addEventListener("online", () => { if (device) sent(); });
  addEventListener("offline", () => network(false));
  setInterval(tick, 1000);
  setInterval(look, LOOK);
  tick();
}

speak(language);
if (canSign()) {
  listen();
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(page.worker).catch(() => {});
  open().catch(() => draw(() => screens.without(words)));
} else {
  draw(() => screens.without(words));
}
