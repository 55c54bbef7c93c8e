// Sends a large file in parts, and goes on where it stopped when the connection breaks. Without
// this file the form sends it in one piece.

const form = document.querySelector("[data-attach]");
const token = form?.querySelector("[name=csrfmiddlewaretoken]").value;
let under = null; // the upload that is under way: its file and where its parts go

form?.addEventListener("submit", (event) => {
  const file = form.querySelector("input[type=file]").files[0];
  if (!file || file.size <= Number(form.dataset.part)) return; // in one piece
  event.preventDefault();
  send(file);
});

async function send(file) {
  const button = form.querySelector("button");
  button.disabled = true;
  say("");
  try {
    await sent(file);
    location.assign(form.dataset.back);
  } catch (fault) {
    if (fault.refused) under = null;
    say(fault.refused ?? form.querySelector("template[data-broken]").innerHTML);
    button.disabled = false;
  }
}

async function sent(file) {
  const isSame = under && under.file === file;
  let { parts, received } = isSame
    ? { parts: under.parts, received: (await asked(under.parts, "GET")).received }
    : await asked(form.dataset.begin, "POST", announced(file));
  under = { file, parts };
  const step = Number(form.dataset.part);
  while (received < file.size) {
    progress(received / file.size);
    const part = file.slice(received, received + step);
    ({ received } = await asked(parts, "PUT", part, { "Upload-Offset": String(received) }));
  }
  progress(1);
  await asked(parts, "POST", new URLSearchParams());
}

function announced(file) {
  const fields = new URLSearchParams({ name: file.name, size: String(file.size) });
  if (form.querySelector("[name=clean_picture]").checked) fields.set("clean_picture", "on");
  return fields;
}

async function asked(address, method, body, headers = {}) {
  const response = await fetch(address, {
    method, body, credentials: "same-origin", headers: { "X-CSRFToken": token, ...headers },
  });
  if (response.status === 422) {
    throw Object.assign(new Error("refused"), { refused: (await response.json()).text });
  }
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

function progress(share) {
  const busy = form.querySelector("[data-busy]");
  busy.hidden = false;
  busy.querySelector("progress").value = Math.round(share * 100);
}

function say(text) {
  const problem = form.querySelector("[data-problem]");
  problem.hidden = text === "";
  problem.querySelector("[data-text]").textContent = text.trim();
}
