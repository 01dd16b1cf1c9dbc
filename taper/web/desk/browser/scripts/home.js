// The page in the browser: starts the worker that answers it, and hands it what the service worker asks.
"use strict";
(() => {
  if (!navigator.serviceWorker || !navigator.serviceWorker.controller) { // nothing may be posted to a server
    location.replace(`./${location.hash}`);
    return;
  }
  if (/^#again(&|$)/.test(location.hash)) history.replaceState(null, "", `./${location.hash.slice(6).replace("&", "#")}`);
  const starting = document.getElementById("starting");
  const engine = new Worker("engine.js", { type: "module" });
  const fail = (why) => {
    starting.textContent = starting.dataset.failed.replace("{why}", why);
    starting.classList.add("lost");
    starting.hidden = false;
  };
  engine.addEventListener("message", ({ data }) => {
    if (data.failed) fail(data.failed);
    if (!data.ready) return;
    starting.textContent = starting.dataset.ready;
    setTimeout(() => { starting.hidden = true; }, 1500);
  });
  engine.addEventListener("error", (event) => { event.preventDefault(); fail(event.message || "worker"); });
  const day = () => {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };
  navigator.serviceWorker.addEventListener("message", (event) => {
    const asked = event.data.asked;
    if (!asked) return;
    const [port] = event.ports;
    port.postMessage({ taken: true });
    engine.postMessage({ ...asked, today: day(), port }, [port, ...(asked.data ? [asked.data] : [])]);
  });
  navigator.serviceWorker.startMessages();
  engine.postMessage({ today: day() });
})();
