/** The rows of the last bars as a model reads them: one after the other, oldest first, missing before the first bar. */
export class RowWindow {
  readonly rows: Float64Array;
  /** Where the newest row begins. */
  readonly newest: number;

  constructor(
    window: number,
    private readonly columns: number,
  ) {
    this.rows = new Float64Array(window * columns).fill(NaN);
    this.newest = (window - 1) * columns;
  }

  /** Makes room for the row of the next bar, which its owner then writes from `newest` on. */
  next(): void {
    if (this.newest > 0) this.rows.copyWithin(0, this.columns);
  }

  /** What the next bar needs of the ones before; empty where a prediction reads its own row alone. */
  save(): Float64Array {
    return this.newest > 0 ? this.rows.slice() : new Float64Array(0);
  }

  load(state: Float64Array): void {
    this.rows.set(state);
  }
}
