"""Sections that several sheets share: calendar, chart, changes, drugs, figures, the order in words.

A section takes a schedule and its phrases, and returns values with every string final. It knows no sheet.
"""
