import type { Series, Step } from './series';

/** Writes out for the bars [from, to) from columns at hand. */
export type Formula = (reads: readonly Series[], out: Series, from: number, to: number) => void;

export class FormulaStep implements Step {
  readonly writes: readonly Series[];

  constructor(
    private readonly formula: Formula,
    private readonly reads: readonly Series[],
    private readonly out: Series,
  ) {
    this.writes = [out];
  }

  run(from: number, to: number): void {
    this.formula(this.reads, this.out, from, to);
  }
}
