"""The desk: what does a clinician at a page ask?

The page is a form that carries all of its state. A request is its fields, an answer is HTML or a file; between two
requests nothing is kept, by the server or by the browser.

    fields ──form──▶ data ──work──▶ order, schedule, report, supply, or what is in the way ──page──▶ HTML
                                                                                          └─takeaway─▶ file

`answering.answer` is all of it: a function of a path, the fields, a file that was opened and the day. It knows no
server, so it can be asked from wherever Python runs. `app.desk_app` is the shell that lets only the page itself ask it,
and `serving` the socket and the end of it; both need the extra `web`.

What may not enter: arithmetic on doses, a sentence of the papers, what plans, checks, prints or exports by itself.
"""
