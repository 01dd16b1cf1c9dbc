// The page that a web server hands out: it lets the service worker keep the program, then gives way to the desk.
"use strict";
(async () => {
  const said = document.getElementById("said");
  const bar = document.getElementById("bar");
  const words = said.dataset;
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  const fail = (text) => {
    said.textContent = text;
    said.classList.add("lost");
    bar.hidden = true;
  };
  for (const one of document.querySelectorAll(".script")) one.hidden = false;
  const home = navigator.serviceWorker;
  if (!home) return fail(words.insecure);
  home.addEventListener("message", ({ data }) => {
    if (data.damaged) fail(words.damaged.replace("{file}", data.damaged));
    if (!data.done || bar.hidden) return;
    bar.value = data.done / bar.dataset.bytes;
    said.textContent = words.loaded.replace("{done}", megabytes(data.done)).replace("{size}", megabytes(bar.dataset.bytes));
  });
  home.startMessages();
  const enter = () => {
    if (/^#again(&|$)/.test(location.hash)) return fail(words.again);
    location.hash = location.hash.replace(/^#?/, location.hash ? "again&" : "again"); // back here, it was passed by: not for ever
    location.reload();
  };
  home.addEventListener("controllerchange", enter);
  try {
    const registered = await home.register("keeper.js", { updateViaCache: "none" });
    if (registered.active) enter();
  } catch (problem) {
    fail(words.insecure);
  }
})();
