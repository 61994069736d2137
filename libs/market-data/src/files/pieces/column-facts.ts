/** What all values of a column have in common, seen part after part. */
export class ColumnFacts {
  private readonly broken = new Set<number>();
  private readonly nonZero = new Set<number>();
  private readonly seen = new Set<number>();

  see(column: number, values: Float64Array): void {
    this.seen.add(column);
    if (!this.broken.has(column) && !values.every(Number.isInteger)) this.broken.add(column);
    if (!this.nonZero.has(column) && !values.every((value) => value === 0)) this.nonZero.add(column);
  }

  areIntegers(column: number): boolean {
    return this.seen.has(column) && !this.broken.has(column);
  }

  areZero(column: number): boolean {
    return this.seen.has(column) && !this.nonZero.has(column);
  }
}
