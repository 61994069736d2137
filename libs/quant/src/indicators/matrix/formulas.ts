import type { FormulaKernel, MatrixKernels } from './kernels/matrix-kernels';
import { type Series, type Step, tileAddress } from './series';

/** Writes out for the bars [from, to) from columns at hand. */
export type PlainFormula = (reads: readonly Series[], out: Series, from: number, to: number) => void;

/** A column element by element of others: in TypeScript, and the name of the compiled loop with the same bits. */
export interface Formula {
  readonly plain: PlainFormula;
  readonly kernel?: FormulaKernel;
  /** Of the kernel: for each column it takes the place among those read, and how many bars before. Default: as they are read. */
  readonly operands?: readonly (readonly [place: number, back: number])[];
  readonly numbers?: readonly [p: number, q?: number];
  /** The first bar that is not missing whatever the columns hold. */
  readonly first?: number;
}

export const formula = (
  kernel: FormulaKernel | undefined,
  plain: PlainFormula,
  more: Omit<Formula, 'plain' | 'kernel'> = {},
): Formula => ({ plain, ...more, ...(kernel === undefined ? {} : { kernel }) });

export class FormulaStep implements Step {
  readonly writes: readonly Series[];
  readonly stateLength = 0;
  private loop: MatrixKernels[FormulaKernel] | null = null;
  /** Addresses of the first bar of each tile: four operands and the result. */
  private addresses: readonly number[] = [];
  private readonly first: number;

  constructor(
    readonly formula: Formula,
    private readonly reads: readonly Series[],
    private readonly out: Series,
  ) {
    this.writes = [out];
    this.first = Math.max(formula.first ?? 0, ...(formula.operands ?? []).map(([, back]) => back));
  }

  begin(_state: Float64Array, kernels: MatrixKernels | null): void {
    const { reads, formula } = this;
    if (!kernels || !formula.kernel) return;
    const operands = formula.operands ?? reads.map((_, k) => [k, 0] as const);
    const columns = operands.map(([place, back]) => tileAddress(reads[place], back));
    this.loop = kernels[formula.kernel];
    this.addresses = [...[0, 1, 2, 3].map((k) => columns[k] ?? 0), tileAddress(this.out)];
  }

  run(from: number, to: number): void {
    const { loop, formula } = this;
    const start = loop ? Math.min(to, Math.max(from, this.first)) : to;
    if (from < start) formula.plain(this.reads, this.out, from, start);
    if (loop === null || start === to) return;
    const [a, b, c, d, out] = this.addresses;
    const on = 8 * (start - from);
    const [p = 0, q = 0] = formula.numbers ?? NONE;
    loop(a + on, b + on, c + on, d + on, out + on, to - start, p, q);
  }
}

const NONE: readonly number[] = [];
