import { isDomainError, type FieldProblem } from '@assay/primitives';
import type { ParsedBars } from './read-bars-text';
import { readNoting } from './read-bars-file';
import { ReadNotes, type ReadNote } from './read-note';
import type { ReadOptions } from './read-options';

/** What was recognised of a file, as a document. */
export interface FileInspection {
  name: string | null;
  bytes: number;
  /** Outermost first. */
  containers: string[];
  encoding: string | null;
  format: string | null;
  layout: string | null;
  delimiter: string | null;
  decimal: string | null;
  columns: { name: string; read_as: string }[];
  time_format: string | null;
  zone: string | null;
  symbols: string[];
  timeframe: string | null;
  spacing: string | null;
  /** Rows of the file, and bars that they give. */
  rows: number | null;
  bars: number | null;
  first: string | null;
  last: string | null;
  recognised: ReadNote[];
  repairs: ReadNote[];
  /** Why the file is refused; empty when it is read. */
  problems: FieldProblem[];
}

/** Reads a file as an import would and says what it made of it; a refusal is part of the answer. */
export async function inspectBarsFile(input: Uint8Array, options: ReadOptions = {}): Promise<FileInspection> {
  const notes = new ReadNotes();
  try {
    const parsed = await readNoting(input, { timeframe: 'recognise', ...options }, notes);
    return inspection(input, options, notes, parsed, []);
  } catch (error) {
    if (!isDomainError(error) || !error.errors) throw error;
    return inspection(input, options, notes, null, error.errors);
  }
}

function inspection(
  input: Uint8Array,
  options: ReadOptions,
  { facts, recognised, repairs }: ReadNotes,
  parsed: ParsedBars | null,
  problems: FieldProblem[],
): FileInspection {
  const times = parsed?.present.has('date') ? parsed.bars.openTimeMs : [];
  const iso = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());
  const { containers, encoding, format, layout, delimiter, decimal, columns, zone, symbols, timeframe, spacing, rows } =
    facts;
  return {
    ...{ name: options.name ?? null, bytes: input.length, containers, encoding, format, layout, delimiter, decimal },
    columns: columns.map(({ name, readAs }) => ({ name, read_as: readAs })),
    ...{ time_format: facts.timeFormat, zone, symbols, timeframe, spacing, rows },
    bars: parsed?.bars.openTimeMs.length ?? null,
    ...{ first: iso(times[0]), last: iso(times.at(-1)), recognised, repairs, problems },
  };
}
