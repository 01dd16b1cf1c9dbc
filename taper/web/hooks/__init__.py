"""CDS Hooks 2.0.1 (and what is valid in 3.0.0-ballot too): what does a record system ask while somebody prescribes?

Two services: `taper-pace` judges the orders that are being written (order-select, order-sign), `taper-today` shows
what the record of a patient says is taken (patient-view). A request is read leniently, what is in force before and
with the order is laid out as a schedule, and `taper.check` judges it; nothing here judges by itself.

What may not enter: a rule, a limit, a dose that no order names; a socket; anything that is kept.
"""
