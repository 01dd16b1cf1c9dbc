"""Sections of the papers: calendar, chart, changes, figures, the order in words."""
