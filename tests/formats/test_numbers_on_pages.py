"""A telephone number that a tenant typed among words from right to left, as a browser shows it."""

import pytest
from playwright.sync_api import Page

from app.formats.markup import numbers_in_order

LEFT_EDGES = """words => {
  const found = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) for (const word of words) {
    const start = walker.currentNode.data.indexOf(word)
    if (start < 0) continue
    const range = document.createRange()
    range.setStart(walker.currentNode, start)
    range.setEnd(walker.currentNode, start + word.length)
    found.push(range.getBoundingClientRect().left)
  }
  return found
}"""


@pytest.mark.parametrize(
    "typed", ["اتصلت بالرقم 0300 123 8080 أمس", "I rang 0300 123 8080", "رقمي 0300 123 8080 <b>هنا</b>"]
)
def test_the_groups_of_a_telephone_number_stand_from_left_to_right(page: Page, typed: str) -> None:
    page.set_content(f'<!doctype html><p dir="auto">{numbers_in_order(typed)}</p>')

    edges = page.evaluate(LEFT_EDGES, ["0300", "123", "8080"])

    assert len(edges) == 3
    assert edges == sorted(edges)
    assert page.inner_text("p") == typed
