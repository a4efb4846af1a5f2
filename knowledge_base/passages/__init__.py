"""Passages: questions with their answers, and policy texts in pieces; searched beside the items, said as they stand.

`passage` is what one is, `loading` and `splitting` read the files, `importing` writes one, `index` and `ranking` search
them, `sureness` tells whether the first one answers, `excerpt` picks the sentences that do.
"""
