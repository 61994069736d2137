import type { OpenNode } from './growing-node';
import type { Histograms } from './histograms';

/** What of a node says how its rows part. */
export type PartedNode = Pick<OpenNode, 'start' | 'end' | 'column' | 'bin' | 'missingLeft'>;

/** Moves the node's rows: those that go left first, each side in its order. Returns where the right ones begin. */
export function partNode(histograms: Histograms, node: PartedNode): number {
  const { n, maxBins } = histograms.memory.shape;
  const { codes, traits } = histograms;
  const { start, end, bin, column } = node;
  let missing = 0;
  let middle = start;
  if (traits[3 * column + 1] === 0) middle = histograms.partition(column, bin, start, end);
  else
    middle = histograms.partitionBy(
      (row) => {
        const code = codes[column * n + row];
        if (code === maxBins) missing++;
        return code <= bin || (code === maxBins && node.missingLeft === 1);
      },
      start,
      end,
    );
  // where no row says it, the missing go with the most
  if (missing === 0) node.missingLeft = middle - start >= end - middle ? 1 : 0;
  return middle;
}
