import { nodeValue } from './best-split';
import type { GrowingNode, NodeSums } from './growing-node';
import { PAIR_SUMS } from './histogram-memory';
import type { Histograms } from './histograms';

type Sums = Pick<NodeSums, 'gradient' | 'hessian'>;

/** Sums the gradients and hessians of the rows order[start .. end), in that order. */
export function sumRows(
  histograms: Histograms,
  start: number,
  end: number,
  sums: Sums,
  order = histograms.order,
): void {
  const { pairs, memory, state } = histograms;
  const { kernels } = memory;
  if (kernels !== null) {
    const from = order.byteOffset + start * order.BYTES_PER_ELEMENT;
    kernels.sumPairs(from, end - start, pairs.byteOffset, state.byteOffset + PAIR_SUMS * state.BYTES_PER_ELEMENT);
    sums.gradient = state[PAIR_SUMS];
    sums.hessian = state[PAIR_SUMS + 1];
    return;
  }
  let gradient = 0;
  let hessian = 0;
  for (let i = start; i < end; i++) {
    const row = order[i];
    gradient += pairs[2 * row];
    hessian += pairs[2 * row + 1];
  }
  sums.gradient = gradient;
  sums.hessian = hessian;
}

const leaf: Sums = { gradient: 0, hessian: 0 };

/** What a leaf says, from its rows themselves: sums by subtraction have lost some digits. */
export function leafValue(
  histograms: Histograms,
  { start, end, lowest, highest }: Pick<GrowingNode, 'start' | 'end' | 'lowest' | 'highest'>,
  { rate, l2 }: { readonly rate: number; readonly l2: number },
): number {
  sumRows(histograms, start, end, leaf);
  return rate * nodeValue(leaf.gradient, leaf.hessian, l2, lowest, highest);
}
