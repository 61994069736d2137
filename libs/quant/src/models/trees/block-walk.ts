import { KernelModule, Layout } from '../../kernels/web-assembly';
import { MOST_BINS } from './binned-columns';
import type { FittedTrees } from './tree-predictor';
import { walksModule } from './walks.generated';

interface Kernels {
  codeBlock(rows: number, k: number, column: number, cuts: number, steps: number, plane: number): void;
  addLeaves(trees: number, count: number, nodes: number, values: number, sums: number): void;
}

const compiled = new KernelModule<Kernels>(walksModule);
/** Rows that are walked at once; that of assembly/walks.ts. */
export const BLOCK_ROWS = 128;
const F64 = 8;
const NODE = 16;
const CUTS = (MOST_BINS + 1) * F64;

/** Trees in the memory of the compiled walk. */
export interface BlockWalk {
  /** To be filled, row-major. */
  readonly rows: Float64Array;
  /** What the trees say is added to them. */
  readonly sums: Float64Array;
  run(): void;
}

/** Null where nothing can be compiled, or codes do not fit into a byte. */
export function blockWalk({ trees, cuts }: FittedTrees): BlockWalk | null {
  const [k, nodes, count] = [cuts.length, trees.features.length, trees.sizes.length];
  if (cuts.some((own) => own.length >= MOST_BINS)) return null;
  const layout = new Layout();
  const at = {
    rows: layout.place(BLOCK_ROWS * k * F64),
    planes: layout.place(2 * k * BLOCK_ROWS),
    cuts: layout.place(k * CUTS),
    nodes: layout.place(nodes * NODE),
    roots: layout.place(count * 2 * 4),
    values: layout.place(nodes * F64),
    sums: layout.place(BLOCK_ROWS * F64),
  };
  const instance = compiled.instantiate(layout.end);
  if (instance === null) return null;
  const { buffer } = instance.memory;
  const { codeBlock, addLeaves } = instance.exports;
  new Float64Array(buffer, at.values, nodes).set(trees.values);
  placeNodes(trees, at, new Int32Array(buffer, at.nodes, nodes * 4), new Int32Array(buffer, at.roots, count * 2));
  // a column without splits needs no codes
  const asked = [...new Set(trees.features)]
    .filter((column) => column >= 0)
    .map((column) => {
      new Float64Array(buffer, at.cuts + column * CUTS, MOST_BINS + 1).fill(Infinity).set(cuts[column]);
      return { column, steps: 32 - Math.clz32(cuts[column].length) };
    });
  return {
    rows: new Float64Array(buffer, at.rows, BLOCK_ROWS * k),
    sums: new Float64Array(buffer, at.sums, BLOCK_ROWS),
    run() {
      for (const { column, steps } of asked)
        codeBlock(at.rows, k, column, at.cuts + column * CUTS, steps, at.planes + 2 * column * BLOCK_ROWS);
      addLeaves(at.roots, count, at.nodes, at.values, at.sums);
    },
  };
}

/** Nodes of four integers: where the codes of its column are, its bin, the address of its left child; a leaf leads to itself. */
function placeNodes(
  { sizes, features, bins, lefts, missingLeft }: FittedTrees['trees'],
  at: { readonly planes: number; readonly nodes: number },
  nodes: Int32Array,
  roots: Int32Array,
): void {
  let root = 0;
  for (let t = 0; t < sizes.length; t++) {
    const depths = new Int32Array(sizes[t]);
    let depth = 0;
    for (let i = 0; i < sizes[t]; i++) {
      const node = root + i;
      const isLeaf = features[node] < 0;
      // a missing value has the code 0 in the first plane of its column, 255 in the second
      const plane = isLeaf ? 0 : 2 * features[node] + 1 - missingLeft[node];
      nodes[4 * node] = at.planes + plane * BLOCK_ROWS;
      nodes[4 * node + 1] = isLeaf ? MOST_BINS : bins[node];
      nodes[4 * node + 2] = at.nodes + (root + lefts[node]) * NODE;
      if (isLeaf) continue;
      depths[lefts[node]] = depths[lefts[node] + 1] = depths[i] + 1;
      depth = Math.max(depth, depths[i] + 1);
    }
    roots[2 * t] = at.nodes + root * NODE;
    roots[2 * t + 1] = depth;
    root += sizes[t];
  }
}
