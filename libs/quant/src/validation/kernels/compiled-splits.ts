import { KernelModule, Layout } from '../../kernels/web-assembly';
import { plainSplits } from './plain-splits';
import { splitsModule } from './splits.generated';

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

const wasm = new KernelModule<SplitKernels>(splitsModule);

/** The loops on a memory of their own, compiled where that is possible. */
export function splitKernels(
  layout: Layout,
  kernel: 'compiled' | 'plain',
): { buffer: ArrayBuffer; loops: SplitKernels } {
  const made = kernel === 'compiled' ? wasm.instantiate(layout.end) : null;
  if (made !== null) return { buffer: made.memory.buffer, loops: made.exports };
  const buffer = new ArrayBuffer(layout.end);
  return { buffer, loops: plainSplits(buffer) };
}
