import { newIndicator } from './indicator';
import { newModel } from './model';
import { newRiskCheck } from './risk-check';
import { SourceTree } from './source-tree';

export const GENERATORS: Readonly<Record<string, (name: string, tree: SourceTree) => void>> = {
  indicator: newIndicator,
  model: newModel,
  'risk-check': newRiskCheck,
};

/**
 * Writes the files of a new part of the system, and its registration, into the sources under `root`.
 * @returns the paths made or changed.
 * @throws Error when the kind is not known, the name is not fit, or a file is there already; nothing is written then.
 */
export function generate(root: string, kind: string, name: string): string[] {
  const make = Object.hasOwn(GENERATORS, kind) ? GENERATORS[kind] : undefined;
  if (make === undefined) throw new Error(`the kind must be one of ${Object.keys(GENERATORS).join(', ')}, was ${kind}`);
  const tree = new SourceTree(root);
  make(name, tree);
  tree.save();
  return tree.paths;
}
