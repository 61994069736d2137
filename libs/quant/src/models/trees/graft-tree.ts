import type { TreeNode } from './growing-node';
import type { GrownTree } from './tree-store';

/**
 * Puts a tree together of which some nodes were grown further elsewhere: `own` are the nodes of its upper part, `grown` what
 * was grown below some of them. Nodes get the numbers that they have where one grower takes the last open node first: so
 * those below a right child come before those below its left sibling. Returns how many nodes there are.
 */
export function graftTree(nodes: readonly TreeNode[], own: GrownTree, grown: GrownTree, to: GrownTree): number {
  let count = 1;
  const place = (index: number, at: number): void => {
    const { graftAt, graftCount } = nodes[index];
    if (graftCount > 0) {
      const shift = count - 1;
      copyNode(grown, graftAt, to, at, grown.features[graftAt] < 0 ? at : shift + grown.lefts[graftAt]);
      for (let i = 1; i < graftCount; i++)
        copyNode(grown, graftAt + i, to, shift + i, shift + grown.lefts[graftAt + i]);
      count += graftCount - 1;
      return;
    }
    if (own.features[index] < 0) return copyNode(own, index, to, at, at);
    const left = count;
    count += 2;
    copyNode(own, index, to, at, left);
    place(own.lefts[index] + 1, left + 1);
    place(own.lefts[index], left);
  };
  place(0, 0);
  return count;
}

/** Copies the first `count` nodes of a tree to places `at` .. of others. */
export function copyNodes(from: GrownTree, count: number, to: GrownTree, at: number): void {
  // one by one: what copies typed arrays is slow where memory is shared
  for (let i = 0; i < count; i++) copyNode(from, i, to, at + i, from.lefts[i]);
}

function copyNode(from: GrownTree, i: number, to: GrownTree, at: number, left: number): void {
  to.features[at] = from.features[i];
  to.bins[at] = from.bins[i];
  to.lefts[at] = left;
  to.missingLeft[at] = from.missingLeft[i];
  to.values[at] = from.values[i];
  to.gains[at] = from.gains[i];
  to.ends[at] = from.ends[i];
}
