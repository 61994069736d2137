import { KernelModule, type WasmMemory } from '../../../kernels/web-assembly';
import { matrixModule } from './matrix.generated';

/** Addresses of up to four columns and of the result, a number of bars, two numbers. May write one bar more. */
type FormulaLoop = (
  a: number,
  b: number,
  c: number,
  d: number,
  out: number,
  count: number,
  p: number,
  q: number,
) => void;
type TapsOfFour = (x: number, out: number, count: number, b: number, c: number, d: number) => void;
type TapsOfTwo = (x: number, out: number, count: number, b: number) => void;
type Lanes = (table: number, count: number) => void;

export type FormulaKernel =
  | 'difference'
  | 'percentDifference'
  | 'quotient'
  | 'middle'
  | 'times'
  | 'plus'
  | 'doubleAverage'
  | 'tripleAverage'
  | 'percentChange'
  | 'strength'
  | 'momentumStrength'
  | 'percentOf'
  | 'where'
  | 'same'
  | 'directionalIndex'
  | 'directionalShare'
  | 'scaled'
  | 'rootOf'
  | 'rootTimes'
  | 'score'
  | 'bandScore'
  | 'bandPosition'
  | 'bandWidth'
  | 'weightedMean'
  | 'slope'
  | 'onLine'
  | 'ratio'
  | 'simpleReturn'
  | 'rise'
  | 'fall'
  | 'trueRange'
  | 'turnover'
  | 'bodyOverRange'
  | 'rangePosition'
  | 'belowHighest'
  | 'moneyFlow'
  | 'riseOfHigh'
  | 'fallOfLow'
  | 'signedVolume';

/** What assembly/index.ts exports. */
export interface MatrixKernels extends Readonly<Record<FormulaKernel, FormulaLoop>> {
  readonly exponentialMeans2: Lanes;
  readonly exponentialMeans4: Lanes;
  readonly exponentialMeans8: Lanes;
  readonly wilderSums4: Lanes;
  readonly exponentialMeans8WithWilderSums4: Lanes;
  runningSum(x: number, out: number, count: number, total: number): number;
  readonly highest4: TapsOfFour;
  readonly lowest4: TapsOfFour;
  readonly highest2: TapsOfTwo;
  readonly lowest2: TapsOfTwo;
  rollingMean(state: number, x: number, out: number, count: number, window: number): number;
  rollingMoments(state: number, x: number, means: number, m2s: number, count: number, window: number): number;
  rollingWeighted(
    state: number,
    x: number,
    sums: number,
    weighted: number,
    equals: number,
    count: number,
    window: number,
  ): void;
}

/** Where the columns of a matrix lie tile by tile. */
export interface TileMemory {
  /** Null where the loops run in TypeScript. */
  readonly kernels: MatrixKernels | null;
  /** At most as many numbers altogether as were asked for; not cleared. */
  allocate(length: number): Float64Array;
}

const wasm = new KernelModule<MatrixKernels>(matrixModule);
let instance: { readonly exports: MatrixKernels; readonly memory: WasmMemory } | null = null;

/** Addresses below are left alone: the compiler takes them for invalid. */
const FIRST = 1024;
/** Allocations begin at multiples of so many numbers: a line of the cache. */
const LINE = 8;
/** More would not lie in any cache, and a thread keeps its memory. */
const MOST_NUMBERS = 1 << 24;

export const plainMemory = (): TileMemory => ({ kernels: null, allocate: (length) => new Float64Array(length) });

/**
 * Memory for arrays of so many numbers altogether, in `count` arrays: the one of this thread, in use until the next call; plain arrays where the runtime
 * has no WebAssembly with vectors.
 */
export function tileMemory(numbers: number, count: number): TileMemory {
  const bytes = FIRST + 8 * (numbers + LINE * count);
  if (numbers > MOST_NUMBERS) return plainMemory();
  // a memory never grows: it would leave its arrays without their buffer
  if (instance === null || instance.memory.buffer.byteLength < bytes) instance = wasm.instantiate(bytes) ?? instance;
  if (instance === null || instance.memory.buffer.byteLength < bytes) return plainMemory();
  const { exports, memory } = instance;
  let end = FIRST;
  return {
    kernels: exports,
    allocate: (length) => {
      const array = new Float64Array(memory.buffer, end, length);
      end += 8 * LINE * Math.ceil(length / LINE);
      return array;
    },
  };
}
