import { loadArtifact, type FittedModel } from '@assay/pipeline';
import { forwardReturnLabels } from '@assay/quant';

const FLOOR = 1e-15;

/** How well the fit describes its own training rows; says nothing about other bars. */
export function trainingMetrics(
  fitted: FittedModel,
  columns: readonly Float64Array[],
  close: Float64Array,
  horizon: number,
  [from, to]: readonly [number, number],
): Record<string, number | null> {
  const { model } = loadArtifact(fitted.bytes);
  const labels = forwardReturnLabels(close, horizon);
  const row = new Float64Array(columns.length);
  let [rows, loss, hits, ups] = [0, 0, 0, 0];
  for (let i = from; i < to - horizon; i++) {
    for (let c = 0; c < row.length; c++) row[c] = columns[c]![i]!;
    const p = model.predict(row);
    const y = labels[i]!;
    if (Number.isNaN(p) || Number.isNaN(y)) continue;
    rows += 1;
    ups += y;
    hits += Number(p > 0.5 === (y === 1));
    loss -= Math.log(Math.max(y === 1 ? p : 1 - p, FLOOR));
  }
  return {
    rows: fitted.rows,
    ...fitted.figures,
    log_loss: rows > 0 ? loss / rows : null,
    accuracy: rows > 0 ? hits / rows : null,
    base_rate: rows > 0 ? ups / rows : null,
  };
}
