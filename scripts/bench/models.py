"""Times scikit-learn on the rows that models.ts has written, one thread; prints JSON."""
import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.metrics import roc_auc_score

folder, columns, runs, judged = sys.argv[1], *map(int, sys.argv[2:5])


def read(name):
    return np.fromfile(os.path.join(folder, name))


rows, labels = read("rows").reshape(-1, columns), read("labels")
other, truth = read("other").reshape(-1, columns), read("truth")
fits, predictions = [], []
for _ in range(runs):
    # a leaf of hessian 1, which is ours, has about 5 rows: with the default of 20 trees have fewer leaves
    model = HistGradientBoostingClassifier(
        max_iter=100, max_depth=6, max_leaf_nodes=None, max_bins=64, min_samples_leaf=5, early_stopping=False
    )
    start = time.process_time()
    model.fit(rows, labels)
    fits.append(time.process_time() - start)
    start = time.process_time()
    chances = model.predict_proba(other)[:, 1]
    predictions.append(time.process_time() - start)
start = time.process_time()
forest = RandomForestClassifier(100, max_depth=12, n_jobs=1, oob_score=True, random_state=1).fit(rows, labels)
grown = time.process_time() - start
print(
    json.dumps(
        {
            "version": sklearn.__version__,
            "fit": 1000 * sorted(fits)[runs // 2],
            "predict": 1000 * sorted(predictions)[runs // 2],
            "auc": roc_auc_score(truth[:judged], chances[:judged]),
            "forest": 1000 * grown,
            "forestAuc": roc_auc_score(labels, forest.oob_decision_function_[:, 1]),
        }
    )
)
