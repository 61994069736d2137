import { ReadNotes } from './read-note';
import type { ReadOptions } from './read-options';
import { readText, textOfUnwrapped, type ParsedBars } from './read-bars-text';
import type { FileText } from './unwrap/file-text';
import { unwrap } from './unwrap/unwrap';

/**
 * Bars of a file of any kind: what `readBarsText` reads, Parquet and Arrow. Needs nothing but its arguments, so that any
 * thread can run it. @throws DomainError as `readBarsText` does
 */
export function readBarsFile(input: Uint8Array, options: ReadOptions = {}): Promise<ParsedBars> {
  return readNoting(input, options, new ReadNotes());
}

/** The same; `notes` holds what was recognised, also when it throws. */
export async function readNoting(input: Uint8Array, options: ReadOptions, notes: ReadNotes): Promise<ParsedBars> {
  return readText(await openedText(input, options, notes), options, notes);
}

/** The delimited text in a file of any kind. @throws DomainError for what holds none */
export async function openedText(
  input: Uint8Array,
  options: Pick<ReadOptions, 'name' | 'symbol' | 'mostBytes'>,
  notes: ReadNotes,
): Promise<FileText> {
  const opened = unwrap(input, options, notes);
  if (opened.kind === 'text') return textOfUnwrapped(opened, notes);
  // their libraries are large: only who reads such a file pays
  const columnar = await import('./columnar/index.js');
  notes.facts.format = opened.kind === 'parquet' ? 'Parquet' : 'Arrow';
  const textOf = opened.kind === 'parquet' ? columnar.parquetText : columnar.arrowText;
  return textOf(opened.bytes, opened.name, options.mostBytes);
}
