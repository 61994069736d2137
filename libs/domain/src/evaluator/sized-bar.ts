/** What a size is made of in one closed bar; a missing price is NaN. */
export interface SizedBar {
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** Size of a position as a share of equity, bar by bar; its state is saved and loaded to the bit. */
export interface PositionSize {
  /**
   * Takes the next closed bar; NaN while the size is not defined.
   * @param said what the logic says at this close whatever the size: -1, 0, 1, or NaN where it stays as it was.
   */
  next(bar: SizedBar, said: number): number;
  /** Its length does not change. */
  save(): Float64Array;
  load(state: Float64Array): void;
}
