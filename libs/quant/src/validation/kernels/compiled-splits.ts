import { KernelModule, Layout } from '../../kernels/web-assembly';
import { plainSplits } from './plain-splits';
import type { SplitKernels } from './split-loops';
import { splitsModule } from './splits.generated';

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
