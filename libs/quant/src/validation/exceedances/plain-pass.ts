import { REACHED_HIGH, reachedBy, type RowPass } from './unit-rows';
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
      // guarded rows come first: when another one reaches the higher threshold, the lower one is decided
      for (let row = from; row < to && reached[at] < REACHED_HIGH; row++)
        reached[at] |= reachedBy(rows.product(row, draws[draw]), row < rows.guarded, levels);
    }
  }

  close(): void {}
}
