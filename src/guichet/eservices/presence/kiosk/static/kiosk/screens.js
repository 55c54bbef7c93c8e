// The screens of the kiosk: each replaces the one before and says where the keyboard is.
const main = document.querySelector("[data-kiosk]");

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

export function make(name, members = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(members)) {
    if (key === "class") made.className = value;
    else if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((one) => one !== null));
  return made;
}

export function icon(name) {
  const drawn = document.querySelector(`template[data-icon="${name}"]`).content.cloneNode(true);
  return drawn;
}

export function show(name, ...children) {
  main.dataset.screen = name;
  main.replaceChildren(...children.filter((one) => one !== null));
  const first = main.querySelector("[data-first]") ?? main.querySelector("h1");
  first?.focus();
}

const heading = (text) => make("h1", { textContent: text, tabIndex: -1 });
const text = (words) => make("p", { class: "ks-text", textContent: words });
const fault = (words) => make("p", { class: "ks-fault", role: "alert", id: "fault", textContent: words });
const sill = () => make("div", { class: "ks-sill is-shrinking", "aria-hidden": "true" });
const more = (words) => make("p", { class: "ks-fine", textContent: words.more });
const button = (label, members = {}) =>
  make("button", { class: "govuk-button", textContent: label, ...members });

export function setUp(words, typed, told, submitted) {
  const entry = (id, label, value) => make("div", { class: "ks-row ks-entry" },
    make("label", { class: "ks-label", htmlFor: id, textContent: label }),
    make("input", { class: "ks-field", id, name: id, value, autocomplete: "off",
      spellcheck: false, autocapitalize: "characters" }));
  const form = make("form", { noValidate: true },
    entry("code", words.code, typed.code), entry("pairing", words.pairing, typed.pairing),
    make("div", { class: "ks-row" }, button(words.initialise, { type: "submit" })));
  const first = form.querySelector(typed.code && !told ? "#pairing" : "#code");
  first.dataset.first = "";
  if (told) for (const one of form.querySelectorAll("input")) one.setAttribute("aria-describedby", "fault");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submitted(form.elements.code.value, form.elements.pairing.value);
  });
  show("set-up", heading(words.setUp), told ? fault(told) : null, text(words.setUpText), form);
}

export function ask(words, accepts, kept, submitted) {
  const field = make("input", { class: "ks-field", id: "who", autocomplete: "off",
    spellcheck: false, autocapitalize: "characters", value: kept, "data-first": "" });
  const form = make("form", { noValidate: true },
    make("label", { class: "ks-label", htmlFor: "who", textContent: words.field }), field,
    make("div", { class: "ks-row" }, button(words.go, { type: "submit" })));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) submitted(field.value);
  });
  const typed = accepts.includes("niss") ? text(words.askNumber) : null;
  show("ask", heading(words.ask), typed, form);
  return field;
}

export const wait = (words) => show("wait", heading(words.wait));

// `mayLeave`: nobody can be asked now, so who works for one firm need not say which.
function employers(words, found, mayLeave) {
  const offered = found.map((one, at) => [at + 1, one.key, one.name]);
  if (mayLeave) offered.unshift([0, "", words.oneFirm]);
  const rows = offered.map(([number, value, name]) => make("label", {},
    make("input", { type: "radio", name: "employer", value, checked: value === "", "data-number": number }),
    make("span", { textContent: `${number}. ${name}` })));
  return make("fieldset", { class: "ks-choice" },
    make("legend", { textContent: mayLeave ? words.employerKept : words.employer }), ...rows);
}

function arch(step, label, sentence, sign, isFirst) {
  const made = make("button", { class: "g-arch", value: step, type: "submit" },
    icon(sign), make("span", { textContent: label }), make("small", { textContent: sentence }));
  if (isFirst) made.dataset.first = "";
  return made;
}

// `steps`: [value, label, sentence, sign]; the first one is what Enter presses.
export function confirm(words, { name, people, steps, mayLeave = false, note = "" }, pressed, back) {
  const isAsked = people.length > 1;
  const mustChoose = isAsked && !mayLeave;
  const form = make("form", { noValidate: true },
    isAsked ? employers(words, people, mayLeave) : null,
    make("div", { class: "ks-steps" },
      ...steps.map((one, at) => arch(...one, at === 0 && !mustChoose))),
    make("div", { class: "ks-row" },
      button(words.back, { type: "button", class: "govuk-button govuk-button--secondary", onclick: back })),
    sill(), more(words));
  if (mustChoose) form.querySelector("input").dataset.first = "";
  const told = make("div", {});
  form.addEventListener("keydown", (event) => {
    const chosen = /^[0-9]$/.test(event.key) && form.querySelector(`[data-number="${event.key}"]`);
    if (chosen) {
      chosen.checked = true;
      form.querySelector("button.g-arch").focus();
      event.preventDefault();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = isAsked ? new FormData(form).get("employer") : people[0]?.key ?? null;
    if (mustChoose && !chosen) return told.replaceChildren(fault(words.employer));
    pressed(event.submitter?.value ?? steps[0][0], chosen);
  });
  show("confirm", heading(words.who), make("p", { class: "ks-receipt", textContent: name }),
    note ? text(note) : null, told, form);
}

export function done(words, { kind, title, body, receipts }, next) {
  const signs = { good: "disc-tick", kept: "hourglass", bad: "octagon" };
  const shown = receipts?.length
    ? [make("p", { class: "ks-label", textContent: words.receipt }),
      make("p", { class: "ks-receipt", textContent: receipts.join(" "), "data-receipt": "" })]
    : [];
  const sign = make("span", { class: `ks-sign is-${kind}`, "aria-hidden": "true" }, icon(signs[kind]));
  show("done", sign, heading(title), ...shown, body ? text(body) : null,
    make("div", { class: "ks-row" }, button(words.next, { type: "button", onclick: next, "data-first": "" })),
    sill(), more(words));
  document.querySelector("[data-kiosk]").setAttribute("aria-live", "assertive");
}

export const stopped = (words) => show("ended",
  make("span", { class: "ks-sign is-bad", "aria-hidden": "true" }, icon("octagon")),
  heading(words.ended), text(words.endedText));

export const without = (words) => show("no-keys", heading(words.title), text(words.noKeys));
