import type { Place } from '../read-note';
import type { RowFilter } from '../rows/row-scanner';
import type { FileColumn } from './column-names';
import type { Headerless } from './headerless';

/** Where the rows of a file begin and what their cells are. */
export interface TextLayout {
  /** Byte of the delimiter. */
  delimiter: number;
  columns: FileColumn[];
  /** The header as it stands, for messages. */
  header: string;
  /** Offset and line number of the first row. */
  from: number;
  line: number;
  place: Place;
  /** Of rows without a header: what their form tells beside the names. */
  form: Headerless | null;
  /** Which rows are read, where the file holds several symbols. */
  symbols: RowFilter | null;
}
