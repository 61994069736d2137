import { RowWindow } from './row-window';
import type { ModelRuntime } from './types';

/** Bars whose rows are gathered at once. */
const CHUNK = 8192;

/**
 * Writes the predictions of bars [from, to) from feature columns in the order of the model's inputs. A model that reads
 * rows of bars before its own finds those before `from` too.
 */
export function predictRange(
  model: ModelRuntime,
  inputs: readonly Float64Array[],
  [from, to]: readonly [number, number],
  out: Float64Array,
): void {
  if (model.predictAll && (model.window ?? 1) === 1) {
    for (let at = from; at < to; at += CHUNK) predictChunk(model, inputs, at, Math.min(at + CHUNK, to), out);
    return;
  }
  const window = new RowWindow(model.window ?? 1, inputs.length);
  const { rows, newest } = window;
  for (let i = Math.max(from - (model.window ?? 1) + 1, 0); i < to; i++) {
    window.next();
    for (let c = 0; c < inputs.length; c++) rows[newest + c] = inputs[c][i];
    if (i >= from) out[i] = model.predict(rows);
  }
}

function predictChunk(
  model: ModelRuntime,
  inputs: readonly Float64Array[],
  from: number,
  to: number,
  out: Float64Array,
): void {
  const k = inputs.length;
  const rows = new Float64Array((to - from) * k);
  for (let c = 0; c < k; c++) for (let i = from, at = c; i < to; i++, at += k) rows[at] = inputs[c][i];
  out.set(model.predictAll!(rows, to - from), from);
}
