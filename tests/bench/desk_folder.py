"""How long the desk takes without a server: ``python -m tests.bench.desk_folder FOLDER``.

FOLDER is what ``taper desk --static FOLDER`` has written. Seconds by the clock of a browser that has never seen it,
from the address to the first plan of an example; then the median of changes to a plan of about twelve months. Needs
Debian's chromium and playwright. On a busy machine the numbers say how busy it is.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import statistics
import sys
import threading
import time
from typing import Any

AIM_FIRST, AIM_CHANGE = 6.0, 100
ROUNDS, STARTS = 15, 3
WAIT = 120_000
CHANGE = """(age) => new Promise((resolve) => {
  const box = document.getElementById('patient-age');
  box.value = age;
  const began = performance.now();
  document.addEventListener('htmx:afterSettle', () => resolve(performance.now() - began), {once: true});
  document.getElementById('desk').dispatchEvent(new Event('change', {bubbles: true}));
})"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def measured(browser: Any, address: str) -> tuple[float, float]:
    """Return the seconds until the first plan, and the median milliseconds of a change after it."""
    context = browser.new_context()
    page = context.new_page()
    began = time.monotonic()
    page.goto(address)
    page.locator("#desk").wait_for(timeout=WAIT)
    page.evaluate("() => document.querySelector('button[value=\"example:diazepam\"]').click()")
    page.locator("#plan").wait_for(timeout=WAIT)
    first = time.monotonic() - began
    page.wait_for_function("() => !document.querySelector('.htmx-request')", timeout=WAIT)
    change = statistics.median(page.evaluate(CHANGE, str(20 + number)) for number in range(ROUNDS))
    context.close()
    return first, change


def main(folder: str) -> None:
    """Measure several browsers that have never seen the page."""
    from playwright.sync_api import sync_playwright

    handler = functools.partial(_Quiet, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        found = [measured(browser, f"http://127.0.0.1:{server.server_port}/") for _ in range(STARTS)]
        browser.close()
    server.shutdown()
    firsts, changes = zip(*found, strict=True)
    print(f"first plan of a browser that never saw the page: {min(firsts):.1f} s (aim {AIM_FIRST:.0f} s)")
    print(f"a change, once warm: {min(changes):.0f} ms (aim {AIM_CHANGE} ms)")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
