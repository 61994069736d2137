import { isOpen, reachedBy, type RowPass } from './unit-rows';
import type { ScreenedInput } from './screened-pass';

const PLAIN_DRAWS = 32;

/** Computes every product, until a draw is decided. */
export class PlainPass implements RowPass {
  readonly draws = PLAIN_DRAWS;
  private readonly turns: { draws: readonly Float64Array[]; taken: number; first: number }[] = [];

  constructor(private readonly input: ScreenedInput) {}

  prepare(turn: number, draws: readonly Float64Array[], taken: number, first: number): void {
    this.turns[turn] = { draws, taken, first };
  }

  raise(turn: number, meanwhile: () => void): void {
    const { rows, from, to, levels, reached } = this.input;
    const { draws, taken, first } = this.turns[turn];
    meanwhile();
    for (let draw = 0; draw < taken; draw++) {
      const at = first + draw;
      for (let row = from; row < to && isOpen(reached[at], row < rows.guarded); row++)
        reached[at] |= reachedBy(rows.product(row, draws[draw]), row < rows.guarded, levels);
    }
  }

  close(): void {}
}
