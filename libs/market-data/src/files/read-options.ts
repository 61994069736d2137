import type { Timeframe } from '@assay/contracts';
import type { StandardColumn } from '@assay/domain';
import type { DecimalMark } from './cells/number-text';
import type { DateFormat } from './layout/file-style';

/** What is known about a file beside its bytes. All of it overrides what the reader would recognise. */
export interface ReadOptions {
  /** Of the file; LEAN's intraday files have their date there. */
  name?: string;
  /** Of the bars. Where a file holds several symbols, it picks the one of that name. */
  symbol?: string;
  source?: string;
  /** Default `1d`; `recognise` takes the spacing of the bars. Daily bars are stamped 00:00Z of their date. */
  timeframe?: Timeframe | 'recognise';
  /** Columns without which the file is refused; default none. */
  require?: readonly ('date' | StandardColumn)[];
  /** IANA zone of times that state none; default UTC. */
  zone?: string;
  /** IANA zone of the market, by which an instant (an epoch) is a date; default `zone`. */
  dateZone?: string;
  /** For files whose numbers or dates can be read two ways. */
  decimal?: DecimalMark;
  dateFormat?: DateFormat;
  /** Names of the file's columns in their order, in place of its header; `-` leaves a column out. */
  columns?: readonly string[];
  /** Rows in no order are sorted by time; else they are refused. */
  sort?: boolean;
  /** Rows that break a rule are left out; else they are refused. */
  skipBad?: boolean;
  /** Refuses every repair, also those of `sort` and `skipBad`. */
  strict?: boolean;
  /** Most bytes of the file once it is unpacked; default 1 GiB. */
  mostBytes?: number;
}
