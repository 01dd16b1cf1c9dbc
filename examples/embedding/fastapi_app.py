"""Planning and checking inside a FastAPI app of your own: ``fastapi dev fastapi_app.py``.

An order comes in as JSON, the plan document goes out; a file of somebody else's comes in, its findings go out. The
functions are no coroutines, so FastAPI runs each in a thread: a plan that takes a second holds up nobody else.
"""

import json
from typing import Annotated, Any

from fastapi import Body, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, WithJsonSchema

import taper

app = FastAPI(title="Tapers")

AnyOrder = Annotated[dict[str, Any], WithJsonSchema({"type": "object", "description": "taper schema order"})]


class PlanRequest(BaseModel):
    """An order, and by which guidelines its plan is checked instead of its own."""

    model_config = ConfigDict(extra="forbid")

    order: AnyOrder
    guidelines: list[str] | None = None


@app.exception_handler(taper.TaperError)
def refused(_: Request, problem: taper.TaperError) -> JSONResponse:
    return JSONResponse({"field": problem.field, "message": problem.message}, status_code=422)


@app.post("/plan")
def plan(wanted: PlanRequest) -> dict[str, Any]:
    schedule = taper.plan(taper.parse_order(wanted.order))
    return taper.document(schedule, taper.check(schedule, guidelines=wanted.guidelines))


@app.post("/check")
def check(content: Annotated[bytes, Body(media_type="application/octet-stream")]) -> dict[str, Any]:
    reading = taper.read_schedule(content, name="upload")
    return {meaning: taper.report_data(taper.check(reading.schedule(meaning))) for meaning in reading.meanings}


if __name__ == "__main__":
    print(json.dumps(sorted(app.openapi()["paths"])))
