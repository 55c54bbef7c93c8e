// The camera reads the code of a poster: the browser's own reader where there is one, else ours.
// Whatever it reads stays on the phone; a code that is not a site's is said, and the number typed.
import { siteIn } from "./acts.js";

const EVERY = 250; // between two looks
const HINT = 10_000; // without a code: say what helps
const WIDE = 640; // enough for a poster, and quick

export async function reader(place) {
  if ("BarcodeDetector" in window) {
    const formats = await window.BarcodeDetector.getSupportedFormats();
    if (formats.includes("qr_code")) {
      const own = new window.BarcodeDetector({ formats: ["qr_code"] });
      return async (canvas) => (await own.detect(canvas))[0]?.rawValue ?? null;
    }
  }
  await import(place); // puts itself on the window
  return async (canvas) => {
    const image = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return window.jsQR(image.data, image.width, image.height)?.data ?? null;
  };
}

function start(root) {
  const button = root.querySelector("[data-scan]");
  const dialog = root.querySelector("dialog");
  const video = dialog.querySelector("video");
  const told = dialog.querySelector("[data-told]");
  const canvas = document.createElement("canvas");
  let stream = null;
  let timer = 0;
  let hint = 0;

  const say = (name) => { told.textContent = root.dataset[name]; };
  const stop = () => {
    clearInterval(timer);
    clearTimeout(hint);
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
  };
  const read = (text) => {
    const site = "any" in root.dataset ? text.trim() : siteIn(text); // a kiosk reads cards
    if (!site) return say("foreign");
    dialog.close();
    const event = new CustomEvent("site", { detail: site, cancelable: true, bubbles: true });
    if (root.dispatchEvent(event)) location.assign(`${root.dataset.place}?site=${site}`);
  };
  const look = async (decode) => {
    if (!stream || video.readyState < 2) return;
    const scale = Math.min(1, WIDE / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    canvas.getContext("2d", { willReadFrequently: true })
      .drawImage(video, 0, 0, canvas.width, canvas.height);
    const text = await decode(canvas).catch(() => null);
    if (text && stream) read(text);
  };

  button.addEventListener("click", async () => {
    dialog.showModal();
    say("looking");
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment" }, audio: false,
      });
      video.srcObject = stream;
      await video.play();
      const decode = await reader(root.dataset.decoder);
      let isLooking = false;
      timer = setInterval(async () => {
        if (isLooking) return; // a slow phone looks less often
        isLooking = true;
        await look(decode);
        isLooking = false;
      }, EVERY);
      hint = setTimeout(() => say("nothing"), HINT);
      video.dataset.seen = "";
    } catch {
      stop();
      say("camera");
    }
  });
  dialog.addEventListener("close", stop);
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  root.hidden = false;
}

const root = document.querySelector("[data-scanner]");
// Cameras open on secure origins only; elsewhere the number is typed.
if (root && navigator.mediaDevices?.getUserMedia && HTMLDialogElement) start(root);
