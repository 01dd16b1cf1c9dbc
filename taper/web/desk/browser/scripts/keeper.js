// The service worker: keeps the files of the folder, and answers the page in place of a server. It never asks a server
// for anything but those files, and takes each only if it is the one that was built.
"use strict";
const BUILD = /*BUILD*/ null; // {id, files: {name: {type, sha256, size}}, page, policy, engine, headers, words}
const NAME = `taper-desk ${new URL("./", location).pathname} ${BUILD.id}`;
const OURS = `taper-desk ${new URL("./", location).pathname} `;
const HERE = new URL("./", location);
const PATIENCE = { own: 30000, other: 5000 }; // milliseconds in which a page must say that it takes a request

const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function tell(message) {
  for (const one of await clients.matchAll({ type: "window", includeUncontrolled: true })) {
    if (one.url.startsWith(HERE.href)) one.postMessage(message);
  }
}

async function fetched(name) {
  const wanted = BUILD.files[name];
  const reply = await fetch(new URL(name, HERE), { cache: "no-cache", credentials: "same-origin", redirect: "error" });
  const body = reply.ok ? await reply.arrayBuffer() : null;
  if (!body || hex(await crypto.subtle.digest("SHA-256", body)) !== wanted.sha256) throw new Error(name);
  const policy = name === BUILD.engine ? BUILD.enginePolicy : BUILD.policy;
  const headers = { ...BUILD.headers, "content-type": wanted.type, "content-security-policy": policy };
  return new Response(body, { headers });
}

async function keep() {
  const cache = await caches.open(NAME);
  let done = 0;
  let damaged = false;
  const one = async (name) => {
    try {
      await cache.put(new URL(name, HERE), await fetched(name));
    } catch (problem) {
      throw problem.message === name ? problem : new Error(`${name}: ${problem.message}`);
    }
    done += BUILD.files[name].size;
    if (!damaged) tell({ done });
  };
  try {
    await Promise.all(Object.keys(BUILD.files).map(one));
  } catch (problem) { // of several, the first; what else comes is no longer told
    damaged = true;
    await tell({ damaged: problem.message });
    await caches.delete(NAME);
    throw problem;
  }
}

async function kept(name) {
  const found = await (await caches.open(NAME)).match(new URL(name, HERE));
  return found || fetched(name); // a browser that was short of space may have thrown it away
}

const plain = (status, text) =>
  new Response(`${text}\n`, { status, headers: { ...BUILD.headers, "content-type": "text/plain; charset=utf-8" } });

async function message(path, event) {
  const asked = { path, client: event.clientId, fields: [], name: null, data: null };
  for (const [name, value] of await event.request.formData()) {
    if (typeof value === "string") asked.fields.push([name, value]);
    else [asked.name, asked.data] = [value.name, await value.arrayBuffer()];
  }
  return asked;
}

// Nothing is kept between two requests, so any open page can answer: the one that asks first, then the one last used.
async function answered(event, path) {
  const asked = await message(path, event);
  const open = (await clients.matchAll({ type: "window" })).filter((one) => one.frameType !== "nested");
  open.sort((a, b) => (b.id === event.clientId) - (a.id === event.clientId));
  for (const page of open) {
    const reply = await put(page, asked, page.id === event.clientId ? PATIENCE.own : PATIENCE.other);
    if (reply) return new Response(reply.status === 204 ? null : reply.body, { status: reply.status, headers: reply.headers });
  }
  return plain(503, BUILD.words.nobody);
}

function put(page, asked, patience) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const late = setTimeout(() => { port1.close(); resolve(null); }, patience);
    port1.onmessage = ({ data }) => {
      clearTimeout(late);
      if (data.taken) return;
      port1.close();
      resolve(data);
    };
    page.postMessage({ asked }, [port2]);
  });
}

async function reply(event) {
  const url = new URL(event.request.url);
  if (url.origin !== HERE.origin || !url.pathname.startsWith(HERE.pathname)) return Response.error();
  const path = decodeURIComponent(url.pathname.slice(HERE.pathname.length));
  if (event.request.method === "POST") {
    if (path === "alive" || path === "closed") return new Response(null, { status: 204 });
    return answered(event, path);
  }
  if (path === "" || path === "index.html") return kept(BUILD.page);
  return Object.hasOwn(BUILD.files, path) ? kept(path) : plain(404, BUILD.words.nothing);
}

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith(OURS) && name !== NAME) await caches.delete(name);
    await clients.claim();
  })());
});
addEventListener("fetch", (event) => event.respondWith(reply(event)));
