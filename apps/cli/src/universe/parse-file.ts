import { readFileSync } from 'node:fs';
import { readBarsFile, type ParsedBars, type ReadOptions } from '@assay/market-data/files';

/** A file and how it is to be read. */
export interface FileToParse {
  path: string;
  options: ReadOptions;
}

/** The bars of a file; null where it cannot be read, for whoever reads it again to say why. */
export async function parseFile({ path, options }: FileToParse): Promise<ParsedBars | null> {
  try {
    return await readBarsFile(readFileSync(path), options);
  } catch {
    return null;
  }
}
