// The worker: Python with the same package that the command line runs. What is asked before it is ready waits.
import { loadPyodide } from "./pyodide.mjs";

let python = null;

async function begin() {
  const packages = fetch("packages.zip").then((reply) => reply.arrayBuffer());
  python = await loadPyodide({ indexURL: new URL("./", import.meta.url).href });
  python.unpackArchive(await packages, "zip", { extractDir: "/desk" });
  python.runPython("import sys; sys.path.insert(0, '/desk')");
  return python.pyimport("taper.web.desk.browser.bridge");
}

const started = begin();
started.then(() => postMessage({ ready: true }), (problem) => postMessage({ failed: String(problem).slice(-300) }));

const queue = [];
let busy = false;

// The form lets go of the answer to a change as soon as it asks again (hx-sync), so only what it asks last is worked out.
const letGo = (asked) => asked.path === "live"
  && queue.some((later) => later.client === asked.client && ["live", ""].includes(later.path));

async function work() {
  if (busy) return;
  busy = true;
  try {
    await started.catch(() => {});
    while (queue.length) {
      await new Promise((resolve) => { setTimeout(resolve); }); // what was asked meanwhile comes in
      const asked = queue.shift();
      if (letGo(asked)) asked.port.postMessage({ status: 204, headers: {}, body: null });
      else await answer(asked);
    }
  } finally {
    busy = false;
  }
}

async function answer(asked) {
  try {
    const bridge = await started;
    const fields = JSON.stringify(asked.fields);
    const file = asked.data ? [asked.name, python.toPy(new Uint8Array(asked.data))] : [];
    const replied = bridge.respond(asked.path, fields, asked.today, ...file);
    const [status, headers, body] = replied.toJs();
    replied.destroy();
    asked.port.postMessage({ status, headers: JSON.parse(headers), body });
  } catch (problem) {
    const headers = { "content-type": "text/plain; charset=utf-8" };
    asked.port.postMessage({ status: 500, headers, body: String(problem).slice(-300) });
  }
}

// While nobody asks, what plans and prints is loaded, so that the first change is answered as fast as the others.
async function warmUp(today) {
  const bridge = await started;
  if (!busy) bridge.warm_up_on(today);
}

addEventListener("message", ({ data }) => {
  if (!data.port) return warmUp(data.today).catch(() => {});
  queue.push(data);
  return work();
});
