"""Times scikit-learn on the rows and splits that cross-validation.ts has written, one thread; prints JSON."""
import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

folder, columns, runs = sys.argv[1], *map(int, sys.argv[2:4])
rows = np.fromfile(os.path.join(folder, "rows")).reshape(-1, columns)
labels = np.fromfile(os.path.join(folder, "labels"))
with open(os.path.join(folder, "splits.json")) as file:
    splits = [[np.array(part) for part in split] for split in json.load(file)]
times = []
for _ in range(runs):
    start = time.process_time()
    said = []
    for train, test in splits:
        # a leaf of hessian 1 has at least 4 rows
        model = HistGradientBoostingClassifier(
            max_iter=100,
            max_depth=6,
            max_leaf_nodes=31,
            max_bins=64,
            l2_regularization=1,
            min_samples_leaf=4,
            early_stopping=False,
        ).fit(rows[train], labels[train])
        said.append(model.predict_proba(rows[test])[:, 1])
    times.append(time.process_time() - start)
areas = [roc_auc_score(labels[test], chances) for (_, test), chances in zip(splits, said)]
print(
    json.dumps(
        {"version": sklearn.__version__, "ms": 1000 * sorted(times)[runs // 2], "auc": float(np.mean(areas))}
    )
)
