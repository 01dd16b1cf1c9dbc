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

let waiting = 0;

async function answer(asked) {
  waiting += 1;
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
  } finally {
    waiting -= 1;
  }
}

// While nobody asks, what plans and prints is loaded, so that the first change is answered as fast as the others.
async function warmUp(today) {
  const bridge = await started;
  if (!waiting) bridge.warm_up_on(today);
}

addEventListener("message", ({ data }) => (data.port ? answer(data) : warmUp(data.today).catch(() => {})));
