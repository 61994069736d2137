/** What `assembly/splits.ts` exports: all but shares and limits are addresses and counts. */
export interface SplitKernels {
  addBlock(before: number, block: number, out: number, bytes: number): void;
  nextAbove(
    sums: number,
    squares: number,
    from: number,
    trials: number,
    perBar: number,
    line: number,
    margin: number,
    least: number,
  ): number;
  countBelow(
    total: number,
    totalSquares: number,
    sums: number,
    squares: number,
    trials: number,
    perBar: number,
    squaredOwn: number,
    margin: number,
    near: number,
    least: number,
    unsure: number,
    count: number,
  ): number;
}
