/** What float subtraction leaves behind, measured by the largest position since the last one that was flat. */
const FLAT_FRACTION = 1e-12;

/** Signed units of one symbol, added up from its fills. */
export class UnitsHeld {
  units = 0;
  private largest = 0;

  add(delta: number): number {
    const after = this.units + delta;
    this.largest = Math.max(this.largest, Math.abs(delta), Math.abs(after));
    if (Math.abs(after) > FLAT_FRACTION * this.largest) this.units = after;
    else this.units = this.largest = 0;
    return this.units;
  }
}
