"""The bank holidays that GOV.UK publishes, written out by hand: day-month, by nation and year.

Add a year when GOV.UK does (about two years ahead): a test fails when the next year is not here.
Scotland's 15 June 2026 is by royal proclamation of 4 February 2026.
"""

from datetime import date

PUBLISHED = {
    ("england-and-wales", 2024): "01-01 29-03 01-04 06-05 27-05 26-08 25-12 26-12",
    ("england-and-wales", 2025): "01-01 18-04 21-04 05-05 26-05 25-08 25-12 26-12",
    ("england-and-wales", 2026): "01-01 03-04 06-04 04-05 25-05 31-08 25-12 28-12",
    ("england-and-wales", 2027): "01-01 26-03 29-03 03-05 31-05 30-08 27-12 28-12",
    ("england-and-wales", 2028): "03-01 14-04 17-04 01-05 29-05 28-08 25-12 26-12",
    ("scotland", 2024): "01-01 02-01 29-03 06-05 27-05 05-08 02-12 25-12 26-12",
    ("scotland", 2025): "01-01 02-01 18-04 05-05 26-05 04-08 01-12 25-12 26-12",
    ("scotland", 2026): "01-01 02-01 03-04 04-05 25-05 15-06 03-08 30-11 25-12 28-12",
    ("scotland", 2027): "01-01 04-01 26-03 03-05 31-05 02-08 30-11 27-12 28-12",
    ("scotland", 2028): "03-01 04-01 14-04 01-05 29-05 07-08 30-11 25-12 26-12",
    ("northern-ireland", 2024): "01-01 18-03 29-03 01-04 06-05 27-05 12-07 26-08 25-12 26-12",
    ("northern-ireland", 2025): "01-01 17-03 18-04 21-04 05-05 26-05 14-07 25-08 25-12 26-12",
    ("northern-ireland", 2026): "01-01 17-03 03-04 06-04 04-05 25-05 13-07 31-08 25-12 28-12",
    ("northern-ireland", 2027): "01-01 17-03 26-03 29-03 03-05 31-05 12-07 30-08 27-12 28-12",
    ("northern-ireland", 2028): "03-01 17-03 14-04 17-04 01-05 29-05 12-07 28-08 25-12 26-12",
}


def published(nation: str, year: int) -> list[date]:
    """Raises KeyError for a year that is not written down yet."""
    return [date(year, int(day[3:]), int(day[:2])) for day in PUBLISHED[nation, year].split()]
