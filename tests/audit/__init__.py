"""Tests of `taper.audit`."""
