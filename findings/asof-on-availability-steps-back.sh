#!/usr/bin/env bash
# pandas 2.3.3, merge_asof on the time since when a value is known: the row that is joined is the last one by that key, whatever it is
# about. Where a figure of an earlier quarter is revised after the later quarter's was published, the join steps back to the earlier
# quarter until the next publication. Of rows with one key the last in the order of the table is joined, so what is joined depends on
# how the table was sorted before.
# What to do: of the rows known by then take the latest event, and of its revisions the latest known; drop a row once an event at or
# after its own was known, or join by a pass that keeps the best so far (as of that rule, the second answer below).
# Output seen:
#   merge_asof: Q1, Q2, Q1 revised
#   latest event known: Q1, Q2, Q2
#   two rows known at once, Q1 first in the table: Q2
#   two rows known at once, Q2 first in the table: Q1
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet pandas==2.3.3
cat > run.py <<'PY'
import pandas as pd

bars = pd.DataFrame({'close': [10, 20, 30]})
rows = pd.DataFrame({'known': [5, 15, 25], 'event': [1, 2, 1], 'value': ['Q1', 'Q2', 'Q1 revised']})
joined = pd.merge_asof(bars, rows, left_on='close', right_on='known')
print('merge_asof:', ', '.join(joined.value))
newest = rows[rows.event >= rows.event.cummax()]
print('latest event known:', ', '.join(pd.merge_asof(bars, newest, left_on='close', right_on='known').value))
for order in (['Q1', 'Q2'], ['Q2', 'Q1']):
    tied = pd.DataFrame({'known': [5, 5], 'value': order})
    value = pd.merge_asof(bars.head(1), tied, left_on='close', right_on='known').value[0]
    print(f'two rows known at once, {order[0]} first in the table: {value}')
PY
venv/bin/python run.py
