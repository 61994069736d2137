/**
 * A sum with the rounding errors kept apart (Neumaier 1974), so that ten times 0.1 reaches 1 and a threshold written in
 * decimals is met by the trade that meets it on paper.
 */
export class ExactSum {
  private sum = 0;
  private lost = 0;

  add(x: number): void {
    const next = this.sum + x;
    this.lost += Math.abs(this.sum) >= Math.abs(x) ? this.sum - next + x : x - next + this.sum;
    this.sum = next;
  }

  get value(): number {
    return this.sum + this.lost;
  }

  reset(): void {
    this.sum = 0;
    this.lost = 0;
  }
}
