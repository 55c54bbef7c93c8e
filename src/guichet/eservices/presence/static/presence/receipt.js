// Verifies the slip of a receipt in the browser: nothing is sent. `receipts/slips.py` does the same
// for a browser without this file; both must answer alike.
const form = document.querySelector("[data-receipt]");
const answer = document.querySelector("[data-answer]");
const keys = form ? JSON.parse(form.dataset.keys) : {};
const FORM = /^GR1\.([A-Za-z0-9_-]{4,64})\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})$/;

const bytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
};

async function looked(text) {
  const found = text.length <= 1000 ? FORM.exec(text) : null;
  if (!found) return { fault: "unreadable" };
  const [, name, content, signature] = found;
  if (!Object.hasOwn(keys, name)) return { fault: "unknownKey" };
  const key = await crypto.subtle.importKey("raw", bytes(keys[name]), "Ed25519", false, ["verify"]);
  const head = new TextEncoder().encode(text.slice(0, text.lastIndexOf(".")));
  if (!(await crypto.subtle.verify("Ed25519", key, bytes(signature), head))) {
    return { fault: "altered" };
  }
  const [receipt, kind, at, site, employer, holder] = JSON.parse(
    new TextDecoder().decode(bytes(content)),
  );
  return { receipt, kind, at, site, employer, holder, isSpecimen: name.startsWith("specimen-") };
}

async function isHolder(slip, number) {
  const told = new TextEncoder().encode(`${slip.receipt}:${number}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", told));
  const text = [...digest].map((one) => one.toString(16).padStart(2, "0")).join("");
  return text.slice(0, 16) === slip.holder;
}

async function show(text, number) {
  const slip = await looked(text);
  const place = (selector) => document.querySelector(selector).content.cloneNode(true);
  if (slip.fault) {
    answer.replaceChildren(place(`template[data-fault="${slip.fault}"]`));
    return;
  }
  const card = place("template[data-genuine]");
  for (const where of card.querySelectorAll("[data-is]")) {
    const value = slip[where.dataset.is];
    const kind = document.querySelector(`template[data-kind="${slip.kind}"]`);
    where.textContent = where.dataset.is === "kind" && kind ? kind.content.textContent : value;
  }
  card.querySelector("[data-specimen]").hidden = !slip.isSpecimen;
  if (number) {
    const which = (await isHolder(slip, number)) ? "yes" : "no";
    card.querySelector(`[data-holder="${which}"]`).hidden = false;
  }
  answer.replaceChildren(card);
}

const start = (event) => {
  const text = form.elements.slip.value.replaceAll(/\s/g, "").split("#").pop();
  if (!text) return; // the server says what is missing
  event?.preventDefault();
  const number = form.elements.number.value.replaceAll(/[^A-Za-z0-9]/g, "");
  show(text, number).catch(() => form.submit()); // a browser without Ed25519: the server looks
};

if (form && globalThis.crypto?.subtle) {
  document.querySelector("[data-without]")?.setAttribute("hidden", "");
  form.addEventListener("submit", start);
  const given = decodeURIComponent(location.hash.slice(1));
  if (given) {
    form.elements.slip.value = given;
    start();
  }
}
