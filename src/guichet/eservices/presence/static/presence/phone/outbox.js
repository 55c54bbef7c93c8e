// What waits, what was sent, what was refused: always in sight, in words.
import { isShown, left } from "./acts.js";

const clock = new Intl.DateTimeFormat("fr-BE", {
  hour: "2-digit", minute: "2-digit", timeZone: "Europe/Brussels",
});

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

function told(act, words, moment) {
  const lasting = Math.max(0, Math.floor(left(act, moment) / 1000));
  const values = {
    minutes: Math.floor(lasting / 60),
    seconds: lasting % 60,
    receipt: (act.receipts ?? []).join(", "),
  };
  if (act.state === "refused") {
    const codes = act.codes ?? [];
    return codes.map((code) => words.reasons[code] ?? words.reasons.other).join(" ");
  }
  return filled(words.told[act.state], values);
}

function row(act, words, moment) {
  const line = document.createElement("li");
  line.dataset.key = act.key;
  line.dataset.state = act.state;
  const head = document.createElement("b");
  head.textContent = `${words.steps[act.step].label}, ${clock.format(new Date(act.occurredAt))}`;
  const tag = document.querySelector(`template[data-tag=${act.state}]`).content.cloneNode(true);
  const text = document.createElement("p");
  text.textContent = told(act, words, moment);
  line.append(head, " ", tag, text);
  if (act.state === "waiting") {
    const bar = document.createElement("progress");
    bar.max = 600;
    bar.value = Math.max(0, Math.floor(left(act, moment) / 1000));
    bar.setAttribute("aria-hidden", "true");
    line.append(bar);
  }
  if (act.href) {
    const link = document.createElement("a");
    Object.assign(link, { href: act.href, textContent: words.correction });
    line.append(link);
  }
  return line;
}

export function show(place, acts, words, moment) {
  const shown = acts.filter((act) => isShown(act, moment));
  shown.sort((one, two) => two.occurredAt.localeCompare(one.occurredAt));
  place.hidden = !shown.length;
  const count = shown.filter((act) => act.state === "waiting").length;
  const title = count === 1 ? words.one : count ? filled(words.many, { count }) : words.none;
  place.querySelector("[data-title]").textContent = title;
  const list = place.querySelector("[data-acts]");
  const focused = document.activeElement?.closest?.("[data-acts] a")?.href;
  list.replaceChildren(...shown.map((act) => row(act, words, moment)));
  if (focused) [...list.querySelectorAll("a")].find((one) => one.href === focused)?.focus();
}
