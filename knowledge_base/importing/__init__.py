"""Take a department's export into a knowledge folder, and write one.

`readers` reads a file into rows, `mapping` says which columns make which element, `rows` makes items of them and
names every bad row, `base` merges them into the knowledge and swaps them in; `importer` goes through all of it.
"""
