import type { Rng } from '../../random';

/**
 * The cells that a search has not taken yet. A shuffled deck that exists only where it differs from the sorted one:
 * memory is O(cells taken), so a grid of billions of cells costs nothing.
 */
export class RemainingCells {
  private left: number;
  private readonly cellInSlot = new Map<number, number>();
  private readonly slotOfCell = new Map<number, number>();

  constructor(cells: number) {
    this.left = cells;
  }

  get count(): number {
    return this.left;
  }

  has(cell: number): boolean {
    return this.slotOf(cell) < this.left;
  }

  /** Takes a cell that remains. */
  take(cell: number): void {
    const slot = this.slotOf(cell);
    const last = this.left - 1;
    const moved = this.cellInSlot.get(last) ?? last;
    this.cellInSlot.set(slot, moved);
    this.slotOfCell.set(moved, slot);
    this.cellInSlot.set(last, cell);
    this.slotOfCell.set(cell, last);
    this.left = last;
  }

  /** Takes one of the remaining cells, each with the same probability. At least one must remain. */
  draw(rng: Rng): number {
    const slot = rng.int(this.left);
    const cell = this.cellInSlot.get(slot) ?? slot;
    this.take(cell);
    return cell;
  }

  private slotOf(cell: number): number {
    return this.slotOfCell.get(cell) ?? cell;
  }
}
