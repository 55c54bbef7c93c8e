// The identity card, through a small program on this computer (guichet eid-bridge).
import { fact } from "./store.js";

const PATIENCE = 3_000;
let last = null;

// What its program shows: a port and its pairing code.
export function pairing(text) {
  const found = /^(\d{2,5})[-\s]*([A-Z\s-]{20,60})$/.exec(text.trim().toUpperCase());
  return found ? { port: Number(found[1]), token: found[2].replace(/[\s-]/g, "") } : null;
}

// The card that was put in since the last look; null for none, or for the same one.
export async function card() {
  const bridge = await fact("bridge");
  if (!bridge) return null;
  try {
    const answer = await fetch(`http://127.0.0.1:${bridge.port}/v1/card`, {
      headers: { Authorization: `Bearer ${bridge.token}` }, cache: "no-store",
      credentials: "omit", signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok) return { state: "refused" };
    const told = await answer.json();
    if (!told.present) {
      last = null;
      return { state: "empty" };
    }
    if (told.reading === last) return { state: "same" };
    last = told.reading;
    return { state: "read", ...told };
  } catch {
    return { state: "away" };
  }
}
