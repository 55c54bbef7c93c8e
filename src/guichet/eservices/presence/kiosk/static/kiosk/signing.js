// The key of this kiosk: made here, never exportable, used for all that it sends.
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", hash: "SHA-256" };
const utf8 = new TextEncoder();

const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const base64url = (bytes) =>
  base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const hex = (bytes) => [...new Uint8Array(bytes)].map((one) => one.toString(16).padStart(2, "0")).join("");

export const canSign = () => Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);

export const newKey = () => crypto.subtle.generateKey(CURVE, false, ["sign"]);
export const publicPart = async (pair) => base64(await crypto.subtle.exportKey("spki", pair.publicKey));

async function signed(key, text) {
  return base64url(await crypto.subtle.sign(SIGNING, key, utf8.encode(text)));
}

export const signedCode = (key, code) => signed(key, `guichet-device-1\ninitialise\n${code}`);
export const signedMessage = (key, device, text) =>
  signed(key, `guichet-device-1\nmessage\n${device}\n${text}`);

export async function signedCall(key, { device, operation, counter, time, body }) {
  const digest = hex(await crypto.subtle.digest("SHA-256", utf8.encode(body)));
  return signed(key, `guichet-device-1\ncall\n${device}\n${operation}\n${counter}\n${time}\n${digest}`);
}
