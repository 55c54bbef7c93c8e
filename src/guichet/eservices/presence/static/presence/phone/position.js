// Where the phone is: asked for ten seconds at most; no answer is an answer.
const PATIENCE = 10_000;
const REASONS = { 1: "refused", 2: "unavailable", 3: "timeout" };

export function position() {
  if (!navigator.geolocation) return Promise.resolve({ state: "unavailable" });
  return new Promise((resolve) => {
    // Some browsers never answer: the press does not hang on them.
    setTimeout(() => resolve({ state: "timeout" }), PATIENCE + 500);
    navigator.geolocation.getCurrentPosition(
      ({ coords: { longitude, latitude, accuracy } }) =>
        resolve({ state: "given", coordinates: { longitude, latitude }, accuracyMetres: accuracy }),
      (fault) => resolve({ state: REASONS[fault.code] ?? "unavailable" }),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 15_000 },
    );
  });
}
