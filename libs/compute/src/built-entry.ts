import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * The built form of an entry file: beside its caller in dist/, or at the same place in dist/ where the caller runs from its source.
 *
 * @param folder the caller's `__dirname`
 */
export function builtEntry(folder: string, file: string): string {
  const beside = join(folder, file);
  if (existsSync(beside)) return beside;
  for (let root = dirname(folder); root !== dirname(root); root = dirname(root)) {
    const built = join(root, 'dist', relative(root, folder), file);
    if (existsSync(built)) return built;
  }
  throw new Error(`${file} of ${folder} is not built: run npm run build`);
}
