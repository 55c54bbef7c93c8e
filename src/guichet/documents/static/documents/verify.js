// Verifies a document in the browser: the file is not sent anywhere. The hash and the seal are
// checked with WebCrypto; only the hash is asked for at the server. Without this file the form
// sends the document, and `seal_check.py` does the same there: both must answer alike.

const form = document.querySelector("[data-verify]");
const answer = document.querySelector("[data-answer]");
const canCheck = form && globalThis.crypto?.subtle;

if (canCheck) {
  document.querySelector("[data-without]").hidden = true;
  document.querySelector("[data-with]").hidden = false;
  form.addEventListener("submit", (event) => {
    const file = form.querySelector("input[type=file]").files[0];
    if (!file || file.size === 0 || file.size > 20 * 1024 * 1024) return; // the server says it
    event.preventDefault();
    check(file);
  });
}

async function check(file) {
  const data = new Uint8Array(await file.arrayBuffer());
  const keys = JSON.parse(form.dataset.keys);
  try {
    show(await verdict(data, keys));
  } catch {
    const problem = document.querySelector("template[data-problem]").content.cloneNode(true);
    answer.replaceChildren(problem);
  }
}

async function verdict(data, keys) {
  const seen = await examined(data, keys);
  const known = await lookUp(data);
  const noted = known ? "digest_known" : "digest_unknown";
  if (seen.seal === "seal_whole") {
    return { state: known ? "valid" : "unknown", reasons: [seen.seal, noted], known };
  }
  if (seen.seal === "seal_broken" || seen.seal === "seal_unreadable") {
    return { state: "altered", reasons: [seen.seal, noted] };
  }
  if (seen.seal === "seal_partial") {
    const former = await lookUp(data.subarray(0, seen.covered));
    return { state: "altered", reasons: [seen.seal, noted], known: former };
  }
  return { state: "unknown", reasons: seen.seal === "not_pdf" ? [seen.seal] : [seen.seal, noted] };
}

async function lookUp(data) {
  const address = form.dataset.digest.replace("0".repeat(64), hex(await sha256(data)));
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) throw new Error("the hash was not looked up");
  const found = await response.json();
  return found.known ? found : null;
}

function show({ state, reasons, known }) {
  const drawn = document.querySelector(`template[data-verdict=${state}]`).content.cloneNode(true);
  const texts = document.querySelector("template[data-reasons]").content;
  for (const reason of reasons) {
    const line = texts.querySelector(`[data-reason=${reason}]`).cloneNode(true);
    drawn.querySelector("ul").append(line);
  }
  for (const place of drawn.querySelectorAll("[data-fact]")) {
    place.textContent = known ? known[place.dataset.fact] : "";
  }
  if (!known) drawn.querySelector("dl").remove();
  answer.replaceChildren(drawn);
  answer.querySelector("h2").focus();
}

// --- The seal -----------------------------------------------------------------------------------

const RANGE = /\/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]/g;
const LARGEST_SEAL = 64 * 1024;

async function examined(data, keys) {
  const text = latin1(data);
  if (!text.startsWith("%PDF-")) return { seal: "not_pdf" };
  const found = [...text.matchAll(RANGE)].at(-1);
  if (!found) return { seal: "seal_none" };
  const [start, length, again, rest] = found.slice(1).map(Number);
  const end = again + rest;
  const fits = start === 0 && length < again && again <= end && end <= data.length
    && again - length <= LARGEST_SEAL;
  const signer = fits ? signerOf(text.slice(length, again)) : null;
  if (!signer) return { seal: "seal_unreadable" };
  const covered = new Uint8Array(length + rest);
  covered.set(data.subarray(0, length));
  covered.set(data.subarray(again, end), length);
  const seal = await judged(signer, await sha256(covered), keys);
  if (seal === "seal_whole" && end < data.length) return { seal: "seal_partial", covered: end };
  return { seal };
}

async function judged(signer, digest, keys) {
  const ours = keys.find((one) => one.serial === signer.serial);
  if (!ours) return "seal_foreign";
  if (hex(digest) !== signer.digest) return "seal_broken";
  const bytes = Uint8Array.from(atob(ours.key), (sign) => sign.charCodeAt(0));
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const key = await crypto.subtle.importKey("spki", bytes, curve, false, ["verify"]);
  const how = { name: "ECDSA", hash: "SHA-256" };
  const holds = signer.signature.length === 64
    && await crypto.subtle.verify(how, key, signer.signature, signer.signed);
  return holds ? "seal_whole" : "seal_broken";
}

// What a CMS SignedData says of its one signer (RFC 5652); null when it cannot be read.
function signerOf(gap) {
  if (!/^<(?:[0-9A-Fa-f]{2})+>$/.test(gap)) return null;
  const bytes = Uint8Array.from(gap.slice(1, -1).match(/../g), (pair) => parseInt(pair, 16));
  try {
    const [, content] = children(node(bytes, 0));
    const signedData = children(children(content)[0]);
    const signers = children(signedData.at(-1));
    if (signers.length !== 1) return null;
    const [, identity, , attributes, , signature] = children(signers[0]);
    if (attributes.tag !== 0xa0) return null;
    const serial = identity.tag === 0x30 ? number(children(identity)[1]) : "";
    // What was signed is the set of attributes with the tag of a set.
    const signed = attributes.whole.slice();
    signed[0] = 0x31;
    return { serial, signed, digest: messageDigest(attributes), signature: raw(signature) };
  } catch {
    return null;
  }
}

const MESSAGE_DIGEST = "2a864886f70d010904";

function messageDigest(attributes) {
  for (const attribute of children(attributes)) {
    const [kind, values] = children(attribute);
    if (hex(kind.body) === MESSAGE_DIGEST) return hex(children(values)[0].body);
  }
  return "";
}

// From DER to the two numbers of 32 bytes that WebCrypto wants.
function raw(signature) {
  const out = new Uint8Array(64);
  const parts = children(node(signature.body, 0));
  parts.forEach((part, place) => {
    const digits = part.body[0] === 0 ? part.body.subarray(1) : part.body;
    out.set(digits, 32 * (place + 1) - digits.length);
  });
  return parts.length === 2 ? out : new Uint8Array();
}

function number(part) {
  return hex(part.body).replace(/^0+/, "");
}

// --- DER: one element, and those inside it --------------------------------------------------------

function node(bytes, at) {
  const tag = bytes[at];
  let length = bytes[at + 1];
  let begin = at + 2;
  if (length === undefined || length === 0x80) throw new Error("not DER");
  if (length > 0x80) {
    const count = length - 0x80;
    if (count > 4) throw new Error("too long");
    length = 0;
    for (const one of bytes.subarray(begin, begin + count)) length = length * 256 + one;
    begin += count;
  }
  const end = begin + length;
  if (end > bytes.length) throw new Error("cut off");
  return { tag, body: bytes.subarray(begin, end), whole: bytes.subarray(at, end), end };
}

function children(parent) {
  const found = [];
  for (let at = 0; at < parent.body.length; at = found.at(-1).end) found.push(node(parent.body, at));
  return found;
}

function latin1(data) {
  let text = "";
  for (let at = 0; at < data.length; at += 8192) {
    text += String.fromCharCode(...data.subarray(at, at + 8192));
  }
  return text;
}

function hex(bytes) {
  return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
}

async function sha256(data) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", data));
}
