import type { Place } from '../read-note';

/** A file as delimited UTF-8 text: its own, or that which was made from what it holds. */
export interface FileText {
  bytes: Uint8Array;
  /** Of the innermost file. */
  name: string | null;
  place: Place;
  /** Of made text; else it is recognised. */
  delimiter?: string;
}

/** Between the cells of text that is made here: no value holds it. */
export const UNIT_SEPARATOR = '\u001f';

const BREAKS = new RegExp(`[${UNIT_SEPARATOR}\r\n]`, 'g');

/** A text as a cell of made text: nothing in it ends the cell or begins a quoted one. */
export const cellOf = (text: string): string => text.replace(BREAKS, ' ').replace(/^"/, "'");
