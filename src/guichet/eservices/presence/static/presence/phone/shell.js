// The button where the page itself cannot be had: drawn from what the phone knows.
import { siteIn } from "./acts.js";
import { fact, know } from "./store.js";

export async function shell({ words, form, situation, offer, say, page }) {
  const asked = siteIn(`?${new URL(location.href).searchParams}`);
  const owner = await fact("owner");
  const known = situation ?? { site: "", steps: ["start"], employers: [] };
  const part = (name) => document.querySelector(`[data-${name}]`);

  const draw = async () => {
    const moves = known.running && known.running !== known.site;
    offer(moves ? ["move"] : known.steps.filter((step) => step !== "done" && step !== "move"));
    part("site").textContent = known.names?.[known.site] || words.site;
    part("number").textContent = known.site;
    form.hidden = !owner || !known.site;
    await know("situation", known);
  };
  const choose = async (site) => {
    if (!known.running && known.site !== site) known.steps = ["start"];
    known.site = site;
    await draw();
  };

  const list = part("employers");
  for (const one of known.employers ?? []) {
    const label = document.createElement("label");
    const radio = document.createElement("input");
    Object.assign(radio, { type: "radio", name: "employer", value: one.key });
    radio.checked = one.key === known.employer || known.employers.length === 1;
    label.append(radio, " ", one.name);
    list.append(label);
  }
  list.hidden = (known.employers ?? []).length < 2;
  part("choose").addEventListener("submit", async (event) => {
    event.preventDefault();
    const site = siteIn(event.target.elements.site.value);
    if (!site) return say("said", words.notASite);
    await choose(site);
    say("said", "");
    form.querySelector("button.g-arch").focus();
  });
  document.querySelector("[data-scanner]").addEventListener("site", (event) => {
    event.preventDefault(); // there is no page to go to
    choose(event.detail);
  });
  if (!owner) say("said", words.signInFirst);
  if (asked) await choose(asked);
  else await draw();
  page.last = 0;
  return known;
}
