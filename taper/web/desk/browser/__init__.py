"""The desk without a server: the same page as a folder of files, answered by Python in the browser itself.

    a form ──posts──▶ keeper.js (service worker) ──asks──▶ home.js (page) ──▶ engine.js (worker) ──▶ `bridge.respond`
                        ▲ keeps the files of the folder                            Pyodide: this package

`bridge` is what the browser calls: `answering.answer` in the types of JavaScript. `sources` checks what the folder is
made of, and `building` makes it: contents in, contents out. Neither touches a file or a socket; the command line does.

The page that a web server hands out (`index.html`) holds no form. It lets the service worker keep every file of the
folder, each held to its hash; the page with the form comes from there alone, under the policy of the desk. So there is
no form that could reach a server, and every file is of one build.
"""
