import type { ReadOptions } from '../files/read-options';

/** What is known about a file of observations beside its bytes; most fields are those of a file of bars. */
export interface ObservationReadOptions extends Pick<
  ReadOptions,
  'name' | 'symbol' | 'zone' | 'decimal' | 'dateFormat' | 'columns' | 'skipBad' | 'strict' | 'mostBytes'
> {
  /** Of the series, where the file has one column of values. */
  series?: string;
  /** The same where the column's name, such as `value`, says nothing; absent: that is refused. */
  plainSeries?: string;
  /** How long after its event each value became known, such as `45d`; only where the file does not say when. */
  availableAfter?: string;
}
