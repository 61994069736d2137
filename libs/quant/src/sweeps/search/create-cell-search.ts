import { requireThat } from '../../errors/invalid-input';
import { createRng } from '../../random';
import { cellCount, checkCellGrid, type CellGrid } from '../analysis/cell-grid';
import { SEARCH_METHODS, type CellSearch, type CellSearchOptions } from './cell-search';
import { RemainingCells } from './remaining-cells';
import { TpeSearch } from './tpe-search';

/**
 * Starts a search over the cells that exist in a grid. `random` gives all its cells in one batch.
 * @throws InvalidInputError on a bad grid, samples that are not from 1 to the number of cells, or a bad seed or batch.
 */
export function createCellSearch(grid: CellGrid, options: CellSearchOptions): CellSearch {
  checkCellGrid(grid);
  const { method, samples, seed, batch } = options;
  requireThat(SEARCH_METHODS.includes(method), 'method', `one of ${SEARCH_METHODS.join(', ')}`, method);
  const cells = cellCount(grid);
  const inRange = Number.isInteger(samples) && samples >= 1 && samples <= cells;
  requireThat(inRange, 'samples', `an integer from 1 to the number of cells ${cells}`, samples);
  requireThat(seed - seed === 0, 'seed', 'a finite number', seed);
  requireThat(
    batch === undefined || (Number.isInteger(batch) && batch >= 1),
    'batch',
    'an integer of at least 1',
    batch,
  );
  return new InTurn(method === 'random' ? new RandomSearch(cells, options) : new TpeSearch(grid, options));
}

/** Every cell with the same probability. */
class RandomSearch implements CellSearch {
  private readonly remaining: RemainingCells;
  private asked = false;

  constructor(
    cells: number,
    private readonly options: CellSearchOptions,
  ) {
    this.remaining = new RemainingCells(cells);
  }

  ask(): Uint32Array {
    const { samples, seed } = this.options;
    const rng = createRng(seed);
    const batch = new Uint32Array(this.asked ? 0 : samples);
    this.asked = true;
    return batch.map(() => this.remaining.draw(rng));
  }

  tell(): void {
    // where it looks does not depend on what it found
  }
}

/** Refuses to be asked before it was told, and answers of another length than the question. */
class InTurn implements CellSearch {
  private open = 0;

  constructor(private readonly search: CellSearch) {}

  ask(): Uint32Array {
    requireThat(
      this.open === 0,
      'values of the last batch',
      'told before the next is asked for',
      `${this.open} missing`,
    );
    const cells = this.search.ask();
    this.open = cells.length;
    return cells;
  }

  tell(values: Float64Array): void {
    requireThat(values.length === this.open, 'length of the values', `the last batch's ${this.open}`, values.length);
    this.open = 0;
    this.search.tell(values);
  }
}
