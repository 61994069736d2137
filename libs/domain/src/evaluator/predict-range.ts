import { RowWindow } from './row-window';
import type { ModelRuntime } from './types';

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
  const window = new RowWindow(model.window ?? 1, inputs.length);
  const { rows, newest } = window;
  for (let i = Math.max(from - (model.window ?? 1) + 1, 0); i < to; i++) {
    window.next();
    for (let c = 0; c < inputs.length; c++) rows[newest + c] = inputs[c][i];
    if (i >= from) out[i] = model.predict(rows);
  }
}
