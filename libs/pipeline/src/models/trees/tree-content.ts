import { gainShares, type FittedTrees, type Trees } from '@assay/quant';
import type { ModelContent } from '../model-plugin';

/** Trees on binned columns as an artifact holds them. */
interface TreeContent {
  /** Per input, ascending. */
  cuts: number[][];
  /** Nodes of each tree, then one entry a node, tree after tree; see `Trees`. A node is a leaf where its feature is -1. */
  sizes: number[];
  features: number[];
  bins: number[];
  lefts: number[];
  missing_left: number[];
  values: number[];
  /** Per input, its part in what all splits gained. */
  gain_shares: number[];
}

/** As JSON has it; a loop, since spreading a typed array takes ten times as long. */
function listOf(values: ArrayLike<number>): number[] {
  const list = new Array<number>(values.length);
  for (let i = 0; i < values.length; i++) list[i] = values[i]!;
  return list;
}

/** Trees and their cuts as JSON. */
export function treeContent(trees: Trees, cuts: readonly Float64Array[]): TreeContent {
  const { sizes, features, bins, lefts, missingLeft, values } = trees;
  return {
    cuts: cuts.map(listOf),
    sizes: listOf(sizes),
    features: listOf(features),
    bins: listOf(bins),
    lefts: listOf(lefts),
    missing_left: listOf(missingLeft),
    values: listOf(values),
    gain_shares: listOf(gainShares(trees, cuts.length)),
  };
}

type Bounds = readonly [least: number, most: number];

/** Whether these are finite numbers within bounds, so many where it says how many. Bounds, since a call for each number takes longer. */
function isList(value: unknown, length?: number, [least, most]: Bounds = [-Infinity, Infinity]): value is number[] {
  if (!Array.isArray(value) || (length !== undefined && value.length !== length)) return false;
  // a hole is no number
  for (let i = 0; i < value.length; i++) {
    const x = value[i] as unknown;
    if (!Number.isFinite(x) || (x as number) < least || (x as number) > most) return false;
  }
  return true;
}

function isWhole(values: readonly number[]): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isInteger(values[i])) return false;
  return true;
}

const isCounts = (value: unknown, length?: number, bounds: Bounds = [0, Infinity]): value is number[] =>
  isList(value, length, bounds) && isWhole(value);

/** What the inputs of trees gained, by their names. */
export const gainFigures = (content: ModelContent, inputs: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    inputs.map((input, i) => [`gain_share.${input}`, (content as unknown as TreeContent).gain_shares[i]!]),
  );

function requireThat(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

/** @throws Error where no fit on so many inputs could have given the content: its walks would not end in a leaf. */
export function treesOf(content: ModelContent, inputs: number): FittedTrees {
  const {
    cuts,
    sizes,
    features,
    bins,
    lefts,
    missing_left: missingLeft,
    values,
    gain_shares: shares,
  } = content as Partial<TreeContent>;
  const isAscending = (own: number[]): boolean => own.every((cut, i) => i === 0 || cut > own[i - 1]!);
  requireThat(
    Array.isArray(cuts) && cuts.length === inputs && cuts.every((own) => isList(own) && isAscending(own)),
    'cuts must be one ascending list per input',
  );
  requireThat(isCounts(sizes) && sizes.every((size) => size % 2 === 1), 'sizes must be odd numbers of nodes');
  const nodes = sizes.reduce((sum, size) => sum + size, 0);
  const lists =
    isCounts(features, nodes, [-1, inputs - 1]) &&
    isCounts(bins, nodes) &&
    isCounts(lefts, nodes) &&
    isCounts(missingLeft, nodes, [0, 1]) &&
    isList(values, nodes);
  requireThat(lists, 'features, bins, lefts, missing_left and values must be one number per node');
  requireThat(isList(shares, inputs, [0, Infinity]), 'gain_shares must be one number per input');
  let root = 0;
  for (const size of sizes) {
    for (let i = 0; i < size; i++) {
      const node = root + i;
      const feature = features[node]!;
      if (feature < 0) {
        requireThat(lefts[node] === i, `a leaf must lead to itself, was ${lefts[node]} at node ${node}`);
        continue;
      }
      requireThat(
        bins[node]! <= cuts[feature]!.length,
        `bins must be of their column, was ${bins[node]} at node ${node}`,
      );
      const isBelow = lefts[node]! > i && lefts[node]! + 1 < size;
      requireThat(isBelow, `lefts must lead to later nodes of the tree, was ${lefts[node]} at node ${node}`);
    }
    root += size;
  }
  return {
    trees: {
      sizes: new Int32Array(sizes),
      features: new Int32Array(features),
      bins: new Uint8Array(bins),
      lefts: new Int32Array(lefts),
      missingLeft: new Uint8Array(missingLeft),
      values: new Float64Array(values),
    },
    cuts: cuts.map((own) => new Float64Array(own)),
  };
}
