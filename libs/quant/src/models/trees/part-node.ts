import type { OpenNode } from './growing-node';
import type { Histograms } from './histograms';

/** What of a node says how its rows part. */
export type PartedNode = Pick<OpenNode, 'start' | 'end' | 'column' | 'bin' | 'missingLeft'>;

/** Whether a node of all rows can be parted by `placeAll`, which no row that is missing may need. */
export const canPlace = ({ traits }: Histograms, { column }: PartedNode): boolean => traits[3 * column + 1] === 0;

/** Puts all rows into `order`, parted as `partNode` parts them. Returns where the right ones begin. */
export function partAll(histograms: Histograms, node: PartedNode): number {
  const { column, bin, end } = node;
  if (!canPlace(histograms, node)) {
    listAll(histograms);
    return partNode(histograms, node);
  }
  const middle = histograms.countUpTo(column, bin, 0, end);
  histograms.place(column, bin, 0, end, 0, middle);
  node.missingLeft = goesLeft(node, middle);
  return middle;
}

/** Puts all rows into `order` as they are. */
export function listAll({ order }: Histograms): void {
  for (let i = 0; i < order.length; i++) order[i] = i;
}

/** Where no row says it, the missing go with the most. */
export const goesLeft = ({ start, end }: PartedNode, middle: number): number =>
  middle - start >= end - middle ? 1 : 0;

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
  if (missing === 0) node.missingLeft = goesLeft(node, middle);
  return middle;
}
