"""The service: the library over HTTP, and the doors of CDS Hooks.

Each request is answered by one call of the library, in a process of its own kind: planning, printing and checking in
one set of workers, hooks in another, so that an order that takes long keeps nobody waiting. Nothing is kept: no body,
no name, no answer; a log line has a path by its pattern, a status and a time.

What may not enter: a rule, arithmetic on doses, a file that is written, a connection to another machine.
"""
