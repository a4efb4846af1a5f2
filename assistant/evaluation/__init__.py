"""Measure the assistant on data/eval: `wenban evaluate` and `wenban curve`.

`entries` are what is asked, `outcomes` what came back, `trial` asks. Each module of `sections` turns outcomes into a
`report.Section` by `measures` that are pure; `tables`, `plots` and `page` show it, `record` keeps it for the next run.
"""
