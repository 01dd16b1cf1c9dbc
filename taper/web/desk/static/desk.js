// What the page does beside htmx: undo and redo, files that are dropped, what was typed meanwhile, and signs of life.
"use strict";
(() => {
  const page = () => document.getElementById("page");
  const form = () => document.getElementById("desk");
  const full = { target: "#page", select: "#page", swap: "outerHTML" };
  const past = [];
  let future = [];
  let shown = null; // the fields as they were answered last
  const asked = new WeakMap(); // what stood in the form, and where the keyboard was, when each request left
  let stepping = false;
  let slow = null;

  const fields = () => {
    const found = {};
    for (const [name, value] of new FormData(form())) {
      if (name !== "new.product" && typeof value === "string") found[name] = value;
    }
    return found;
  };
  const ofOrder = (some) => JSON.stringify(Object.entries(some).filter(([name, value]) => value && name !== "view").sort());

  // What stands in every box of the form, one that is not ticked too.
  const ticked = (box) => box.matches("[type=checkbox],[type=radio]");
  function boxes() {
    const found = new Map();
    for (const box of form().elements) {
      if (!box.name || !box.matches("input:not([type=file]),select,textarea")) continue;
      if (ticked(box)) found.set(`${box.name}=${box.value}`, { box, now: box.checked });
      else found.set(box.name, { box, now: box.value });
    }
    return found;
  }

  function buttons() {
    for (const one of document.querySelectorAll(".script")) one.hidden = false;
    document.getElementById("undo").disabled = !past.length;
    document.getElementById("redo").disabled = !future.length;
  }

  function remember() {
    const now = fields();
    if (shown && !stepping && ofOrder(shown) !== ofOrder(now)) {
      past.push(shown);
      if (past.length > 100) past.shift();
      future = [];
    }
    shown = now;
    stepping = false;
    buttons();
  }

  function step(from, to) {
    const next = from.pop();
    if (!next) return;
    to.push(fields());
    stepping = true;
    htmx.ajax("POST", "./", { ...full, source: "body", values: next });
  }

  function marks() {
    for (const said of document.querySelectorAll(".said")) {
      const box = document.getElementById(said.id.slice(5));
      if (!box || !box.matches("input,select,textarea")) continue;
      if (said.textContent && !said.classList.contains("unsaid")) box.setAttribute("aria-invalid", "true");
      else box.removeAttribute("aria-invalid");
    }
  }

  // An answer brings what is said beside fields now, and nothing of the many of which nothing is said any more.
  function unsay() {
    for (const said of document.querySelectorAll(".said:not(:empty)")) {
      said.textContent = "";
      said.classList.remove("unsaid");
    }
  }

  function preview() {
    const show = document.getElementById("show-paper");
    if (show) show.click();
  }

  // A button of the form that was pressed last, such as one of a file, must not lead a change of a field to its address.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.id === "desk") event.detail.path = "live";
  });

  // A change must not take the place of a whole page on its way, or what that one was asked for is lost:
  // it is put into the new page, and asked for then.
  let whole = null;
  document.addEventListener("htmx:confirm", (event) => {
    if (whole && event.detail.elt.id === "desk") event.preventDefault();
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (form()) asked.set(event.detail.xhr, { boxes: boxes(), at: place().at });
    if (event.detail.target.id === "page") whole = event.detail.xhr;
    const working = document.getElementById("working");
    clearTimeout(slow);
    slow = setTimeout(() => { working.textContent = working.dataset.working; }, 500);
    document.getElementById("lost").hidden = true;
    event.detail.xhr.timeout = htmx.config.timeout;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr === whole) whole = null;
    clearTimeout(slow);
    const working = document.getElementById("working");
    if (working) working.textContent = "";
  });
  // What stands on the right is no longer the plan of what stands on the left: say so, and pale it.
  function fail(text) {
    const lost = document.getElementById("lost");
    lost.textContent = text || lost.dataset.lost;
    lost.hidden = false;
    document.getElementById("answer").classList.add("stale");
  }
  for (const kind of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(kind, () => fail(""));
  document.addEventListener("htmx:responseError", (event) => fail(event.detail.xhr.responseText.slice(0, 500)));

  // What was typed or ticked while a whole page was on its way is put into the new one; what was open stays open,
  // and the keyboard stays where it was.
  const ANOTHER_ORDER = /^(example:|new$|begin$)/;
  let meanwhile = [];
  let held = null;
  let strayed = false; // whether the keyboard went on while a page was on its way: it is not called back
  let open = [];
  function reopen() {
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  }

  // Where the keyboard is, told so that it is found in a new page too.
  function place(deed = "") {
    const at = document.activeElement;
    const found = { at: "", start: null, end: null };
    const id = at.id && moved(at.id, deed, "-");
    if (id) found.at = `#${CSS.escape(id)}`;
    else if (at.matches("details[id] > summary")) found.at = `#${CSS.escape(at.parentElement.id)} > summary`;
    else if (at.matches("button[name]")) found.at = `button[name="${at.name}"][value="${CSS.escape(at.value)}"]`;
    if (at.matches("input,textarea") && !ticked(at)) [found.start, found.end] = [at.selectionStart, at.selectionEnd];
    return found;
  }

  // A row that is taken away moves those after it up: what is in them moves with them. Null for what is gone.
  function moved(key, deed, dot) {
    const row = /^drop:(.+)\.(\d+)$/.exec(deed);
    if (!row) return key;
    const start = /^(more-)?/.exec(key)[0] + `${row[1]}.`.replaceAll(".", dot);
    const [number, ...rest] = key.slice(start.length).split(dot);
    if (!key.startsWith(start) || !(Number(number) >= Number(row[2]))) return key;
    return number === row[2] ? null : start + [Number(number) - 1, ...rest].join(dot);
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    const detail = event.detail;
    if (detail.xhr === whole) whole = null;
    const { path, parameters } = detail.requestConfig;
    const deed = parameters.do || "";
    const { boxes: then, at } = asked.get(detail.xhr) || {};
    open = [...document.querySelectorAll("details[open][id]")].map((one) => moved(one.id, deed, "-"));
    strayed = place().at !== "" && place().at !== at;
    held = place(deed);
    meanwhile = [];
    if (detail.target.id === "answer" && detail.shouldSwap) unsay();
    if (detail.target.id !== "page" || !then || stepping || path !== "./" || ANOTHER_ORDER.test(deed)) return;
    for (const [key, { now }] of boxes()) {
      if (then.has(key) && then.get(key).now !== now) meanwhile.push([moved(key, deed, "."), now]);
    }
  });
  // At once: between the swap and its settling the next letter may be typed already.
  document.addEventListener("htmx:afterSwap", (event) => {
    reopen();
    if (event.detail.target.id === "page") {
      if (strayed) document.querySelector("#page [autofocus]")?.removeAttribute("autofocus");
      const found = boxes();
      for (const [key, now] of meanwhile) {
        const box = found.get(key)?.box;
        if (box) box[ticked(box) ? "checked" : "value"] = now;
      }
    }
    const at = held && held.at ? document.querySelector(held.at) : null;
    if (!at) return;
    if (at !== document.activeElement) at.focus({ preventScroll: true });
    if (held.start !== null && at.setSelectionRange) at.setSelectionRange(held.start, held.end);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    reopen();
    open = [];
    document.getElementById("answer").classList.remove("stale");
    const late = meanwhile.length && event.detail.target.id === "page";
    if (late) meanwhile = [];
    marks();
    remember();
    document.documentElement.classList.add("script-on");
    if (document.activeElement.id === "answer" && event.detail.target.id === "page") document.activeElement.scrollIntoView();
    if (document.querySelector("#answer > .proposed, #answer > .blocking:not(.unsaid)")) document.getElementById("answer").scrollTop = 0;
    if (late) form().dispatchEvent(new Event("change", { bubbles: true }));
    if (event.detail.target.id === "page" || document.getElementById("show-paper")) preview();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    for (const menu of document.querySelectorAll(".menu[open]")) {
      if (!menu.contains(event.target) || (button && button.name)) menu.removeAttribute("open");
    }
    if (!button) return;
    if (button.id === "undo") step(past, future);
    if (button.id === "redo") step(future, past);
    if (button.id === "copy") {
      const text = document.getElementById("record-text");
      text.select();
      const done = () => { button.textContent = button.dataset.copied; };
      if (navigator.clipboard) navigator.clipboard.writeText(text.value).then(done, () => {});
      else if (document.execCommand("copy")) done();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = document.querySelector(".menu[open]");
      if (menu) { menu.removeAttribute("open"); menu.querySelector("summary").focus(); }
    }
  });

  for (const kind of ["dragover", "dragenter"]) {
    document.addEventListener(kind, (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      page().classList.add("dropping");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) page().classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    page().classList.remove("dropping");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    const file = document.getElementById("file");
    file.files = event.dataTransfer.files;
    file.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // The server ends some time after the last page was closed.
  const alive = () => { fetch("alive", { method: "POST" }).catch(() => {}); };
  setInterval(alive, 45000);
  addEventListener("pagehide", () => { navigator.sendBeacon("closed"); });
  addEventListener("pageshow", (event) => { if (event.persisted) alive(); });

  // A link may carry an order behind the #, which no browser sends: it is read once, and leaves the address bar.
  function linked() {
    if (!location.hash.startsWith("#order=")) return;
    const order = location.hash.slice(7);
    history.replaceState(null, "", location.pathname);
    htmx.ajax("POST", "linked", { ...full, source: "body", values: { ...fields(), "link.order": order } });
  }
  addEventListener("hashchange", linked);

  document.documentElement.classList.add("script-on");
  addEventListener("DOMContentLoaded", () => { buttons(); shown = fields(); preview(); linked(); });
})();
