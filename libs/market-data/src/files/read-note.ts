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
  | 'time_column'
  | 'close_column'
  | 'no_header'
  | 'header_lines'
  | 'delimiter'
  | 'decimal_comma'
  | 'thousands'
  | 'unit_suffix'
  | 'date_format'
  | 'epoch'
  | 'date_zone'
  | 'timeframe'
  | 'sparse'
  | 'ignored_column';
export type RepairCode = 'newest_first' | 'clipped_to_range';
export type NoteCode = RecognisedCode | RepairCode;

/** Collects notes; of each kind of recognition the first, with its line. */
export class ReadNotes {
  readonly recognised: ReadNote[] = [];
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
