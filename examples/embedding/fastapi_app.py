"""Planning and checking inside a FastAPI app of your own: ``fastapi dev fastapi_app.py``.

An order comes in as JSON, the plan document goes out; a file of somebody else's comes in, its findings go out.
"""

import json
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

import taper

app = FastAPI(title="Tapers")


@app.exception_handler(taper.TaperError)
def refused(_: Request, problem: taper.TaperError) -> JSONResponse:
    return JSONResponse({"field": problem.field, "message": problem.message}, status_code=422)


@app.post("/plan")
async def plan(request: Request) -> dict[str, Any]:
    schedule = taper.plan(taper.parse_order((await request.body()).decode()))
    return taper.document(schedule, taper.check(schedule))


@app.post("/check")
async def check(request: Request) -> dict[str, Any]:
    reading = taper.read_schedule(await request.body(), name="upload")
    return {meaning: taper.report_data(taper.check(reading.schedule(meaning))) for meaning in reading.meanings}


if __name__ == "__main__":
    print(json.dumps(sorted(app.openapi()["paths"])))
