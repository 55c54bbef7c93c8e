// The map of the sites: outlines of ours, no tiles, points that are asked again while one looks.
const place = document.getElementById("map");
const words = place.dataset;
const EVERY = 20_000;
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

place.replaceChildren();
const map = L.map(place, {
  attributionControl: false, zoomControl: false, minZoom: 7, maxZoom: 13, zoomSnap: 0.25,
  scrollWheelZoom: false, zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still,
});
L.control.attribution({ prefix: false }).addAttribution(words.credit).addTo(map);
L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
place.setAttribute("role", "region");
place.setAttribute("aria-label", words.label);

const points = L.layerGroup().addTo(map);
const outlines = await (await fetch(words.shapes)).json();
const ground = L.geoJSON(outlines, { interactive: false, className: "in-ground" }).addTo(map);
map.fitBounds(ground.getBounds(), { padding: [8, 8], animate: false });
map.setMaxBounds(ground.getBounds().pad(0.3));

function said(facts) {
  const box = document.createElement("div");
  const name = document.createElement("b");
  name.textContent = facts.name;
  const link = document.createElement("a");
  link.href = facts.href;
  link.textContent = words.open;
  const lines = [`${facts.place} · ${facts.activity}`, `${words.persons} ${facts.persons}`];
  lines.push(...facts.signals);
  box.append(name, ...lines.map((line) => {
    const part = document.createElement("div");
    part.textContent = line;
    return part;
  }), link);
  return box;
}

function mark(feature, at) {
  const facts = feature.properties;
  const number = facts.numbers[0] ?? "";
  const size = number === "" ? 12 : 26;
  const label = [facts.name, facts.place, `${words.persons} ${facts.persons}`, ...facts.signals];
  return L.marker(at, {
    alt: [number, label.join(", ")].join(" ").trim(), // begins with what one sees on the pin
    title: facts.name, riseOnHover: true,
    zIndexOffset: number === "" ? 0 : 1000,
    icon: L.divIcon({
      className: `in-point is-${facts.weight || "none"}`, html: String(number),
      iconSize: [size, size],
    }),
    keyboard: number !== "", // the plain ones stand in the table: a hundred stops help nobody
  }).bindPopup(said(facts), { maxWidth: 260 });
}

let tag = "";
async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(words.points, { headers: tag ? { "If-None-Match": tag } : {} })
    .catch(() => null);
  if (!answer?.ok) return;
  const seen = answer.headers.get("ETag") ?? "";
  const found = await answer.json();
  if (seen === tag && tag) return;
  tag = seen;
  points.clearLayers();
  L.geoJSON(found, { pointToLayer: mark }).eachLayer((layer) => {
    points.addLayer(layer);
    const drawn = layer.getElement();
    if (layer.options.keyboard) drawn.setAttribute("aria-label", layer.options.alt);
    else drawn.setAttribute("aria-hidden", "true");
  });
  place.dataset.ready = String(found.features.length);
}
await refresh();
setInterval(refresh, EVERY);
