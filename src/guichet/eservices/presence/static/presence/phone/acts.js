// The rules of the queue: plain values in, plain values out; the moment is an argument.
export const LIMIT = 600_000; // ten minutes, the last millisecond included
const KEPT = 24 * 3600_000; // how long the outbox shows what is settled

// What may follow a step where nobody can be asked; the server offers the same.
const NEXT = {
  start: ["break", "end"], resume: ["break", "end"], move: ["break", "end"],
  break: ["resume", "end"], end: ["start"], done: ["start"],
};
const KINDS = { start: ["in"], resume: ["in"], break: ["out"], end: ["out"], move: ["out", "in"] };

export const next = (step) => NEXT[step];

export function left(act, now) {
  return Date.parse(act.occurredAt) + LIMIT - now;
}

export const isLate = (act, now) => act.state === "waiting" && left(act, now) < 0;

export const isShown = (act, now) =>
  ["waiting", "late"].includes(act.state) || now - Date.parse(act.occurredAt) < KEPT;

export function uuid() {
  // randomUUID exists on secure origins only.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// The number of a site in what a code holds: thirteen signs, alone or in the address of a poster.
export function siteIn(text) {
  const found = /(?:^|\/s\/|[?&]site=)([A-HJ-NP-Z0-9]{13})(?:$|[/?&#])/i.exec(text.trim());
  return found ? found[1].toUpperCase() : null;
}

export function forDoor(act) {
  const { key, step, site, occurredAt, deviceAt, position } = act;
  const sent = { key, step, site, occurredAt, deviceAt, position };
  for (const name of ["employer", "address", "leaves", "after"]) {
    if (act[name] !== undefined && act[name] !== null) sent[name] = act[name];
  }
  return sent;
}

// A correction is about one IN or one OUT, so a move becomes two.
export function forCorrection(act) {
  return KINDS[act.step].map((type, part) => {
    const isLeft = act.step === "move" && type === "out";
    const one = {
      key: act.key, part, type, step: act.step, occurredAt: act.occurredAt, deviceAt: act.deviceAt,
      site: isLeft ? act.leaves?.site : act.site,
    };
    const employer = (isLeft && act.leaves?.employer) || act.employer;
    if (employer) one.employer = employer;
    return one;
  }).filter((one) => one.site);
}
