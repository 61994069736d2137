"""The momentum rotation of the universe's row by pandas: a file a symbol, the best tenth at each month's last session."""

import json
import os
import sys

import numpy as np
import pandas as pd

folder = sys.argv[1]
names = sorted(name for name in os.listdir(folder) if name.endswith(".csv"))
close = pd.DataFrame(
    {
        name[:-4]: pd.read_csv(os.path.join(folder, name), usecols=["date", "close"], index_col="date")["close"]
        for name in names
    }
)
close.index = pd.to_datetime(close.index)
momentum = close / close.shift(126) - 1
months = close.index.year * 12 + close.index.month
last = np.append(months[1:] != months[:-1], False)
k = len(names) // 10
ranks = momentum[last].rank(axis=1, ascending=False, method="first")
chosen = (ranks <= k) & momentum[last].notna()
weights = (chosen / chosen.sum(axis=1).clip(lower=1).values[:, None]).reindex(close.index).ffill().fillna(0)
moves = close.pct_change().fillna(0)
returns = (weights.shift(1).fillna(0) * moves).sum(axis=1) - 0.0005 * weights.diff().abs().sum(axis=1)
scored = returns.iloc[126:]
print(json.dumps({"total": float((1 + scored).prod() - 1), "version": pd.__version__}))
