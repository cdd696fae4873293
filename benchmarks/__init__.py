"""How fast, how small: ``make bench`` measures here and writes ``results.md``."""
