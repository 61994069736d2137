/** What the reader made of a file beyond its plain cells; nothing is recognised or mended without one. */
export interface ReadNote {
  code: NoteCode;
  /** A sentence; lines count from 1, the header included. */
  message: string;
  /** Line of the first place it concerns. */
  line?: number;
  /** How many rows it concerns. */
  count?: number;
}

export type RecognisedCode =
  | 'container'
  | 'encoding'
  | 'preamble'
  | 'time_column'
  | 'close_column'
  | 'volume_column'
  | 'symbol'
  | 'no_header'
  | 'header_lines'
  | 'doubled_name'
  | 'delimiter'
  | 'decimal_comma'
  | 'thousands'
  | 'unit_suffix'
  | 'currency'
  | 'price_scale'
  | 'date_format'
  | 'epoch'
  | 'zone'
  | 'date_zone'
  | 'doubled_hour'
  | 'timeframe'
  | 'sparse'
  | 'one_page'
  | 'ignored_column'
  | 'side'
  | 'available';
export type RepairCode =
  | 'newest_first'
  | 'sorted'
  | 'duplicate_rows'
  | 'empty_rows'
  | 'bad_rows'
  | 'unclosed_bar'
  | 'outside_sessions'
  | 'clipped_to_range'
  | 'restamped'
  | 'corrected_trades'
  | 'cut';
export type NoteCode = RecognisedCode | RepairCode;

/** What rows are called in messages: lines of a text, items of a JSON array, rows of a columnar file. */
export type Place = 'line' | 'item' | 'row';

/** A column and what it was read as. */
export interface ColumnFact {
  name: string;
  readAs: string;
}

/** What was recognised, as far as the reader came. */
export interface FileFacts {
  /** Outermost first, with the name of the file inside where there is one. */
  containers: string[];
  encoding: string | null;
  /** The kind of file inside its containers. */
  format: string | null;
  /** Whose export it looks like. */
  layout: string | null;
  delimiter: string | null;
  decimal: string | null;
  columns: ColumnFact[];
  timeFormat: string | null;
  /** Zone of times that state none, or what stands in for it. */
  zone: string | null;
  symbols: string[];
  timeframe: string | null;
  /** The most common distance between rows. */
  spacing: string | null;
  /** Rows in the file, before any was dropped. */
  rows: number | null;
}

const MOST_LISTED = 20;

/** Collects notes; of each kind of recognition the first, with its line. */
export class ReadNotes {
  readonly recognised: ReadNote[] = [];
  readonly repairs: ReadNote[] = [];
  readonly facts: FileFacts = {
    ...{ containers: [], encoding: null, format: null, layout: null, delimiter: null, decimal: null, columns: [] },
    ...{ timeFormat: null, zone: null, symbols: [], timeframe: null, spacing: null, rows: null },
  };
  private readonly seen = new Set<string>();

  recognise(code: RecognisedCode, message: string, line?: number): void {
    this.recognised.push({ code, message, ...(line === undefined ? {} : { line }) });
  }

  /** Called for every row: the message is made the first time only. */
  recogniseOnce(code: RecognisedCode, message: () => string, line: number): void {
    if (this.seen.has(code)) return;
    this.seen.add(code);
    this.recognise(code, message(), line);
  }
}

/** Repairs of one kind: each of the first twenty by its line, the rest in a sum. */
export class RepairList {
  private readonly notes: ReadNote[] = [];
  private count = 0;

  constructor(
    private readonly code: RepairCode,
    private readonly sum: (count: number) => string,
  ) {}

  add(line: number | undefined, message: () => string): void {
    this.count += 1;
    if (this.notes.length >= MOST_LISTED) return;
    this.notes.push({ code: this.code, message: message(), ...(line === undefined ? {} : { line }) });
  }

  all(): ReadNote[] {
    const { code, count, notes } = this;
    return count <= notes.length ? notes : [...notes, { code, message: this.sum(count), count }];
  }
}
