// Run by Node where the folder is built: compiles the modules that the page loads, by the very Python that will run them.
// Argument: a folder with the files of Pyodide and packages.zip. Writes compiled.zip there: a folder for each archive.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: `${folder}/`, env: { HOME: "/home", PYTHONHASHSEED: "0" } });
python.unpackArchive(readFileSync(`${folder}/packages.zip`).buffer, "zip", { extractDir: "/desk" });
python.runPython(`
import sys
sys.path.insert(0, "/desk")
from taper.web.desk.browser.compiling import compiled
with open("/compiled.zip", "wb") as out:
    out.write(compiled("/desk"))
`);
writeFileSync(`${folder}/compiled.zip`, python.FS.readFile("/compiled.zip"));
