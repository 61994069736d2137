import { readFileSync } from 'node:fs';
import { UsageError } from '../args/usage-error';

/** The bytes of the file a flag names. */
export function readFlagFile(flag: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a directory' : (code ?? String(error));
    throw new UsageError(`${flag} must be a readable file, was ${path} (${why})`);
  }
}
