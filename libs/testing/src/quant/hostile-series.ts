/** Lengths and contents that break careless numeric code, by name. Values are returns; add 1 and compound for prices. */
export function hostileReturns(): Record<string, Float64Array> {
  const wave = Float64Array.from({ length: 120 }, (_, t) => 0.01 * Math.sin(t) + 0.001);
  const withValue = (at: number, value: number): Float64Array => wave.map((x, t) => (t === at ? value : x));
  return {
    'no value': new Float64Array(0),
    'one value': Float64Array.of(0.01),
    'two values': Float64Array.of(0.01, -0.02),
    'two equal values': Float64Array.of(0.01, 0.01),
    'all zero': new Float64Array(120),
    'a constant without exact mean': new Float64Array(120).fill(0.1),
    'only gains': wave.map((x) => Math.abs(x) + 1e-4),
    'only losses': wave.map((x) => -Math.abs(x) - 1e-4),
    'one move among zeros': new Float64Array(120).fill(0.05, 60, 61),
    'ruin in the middle': withValue(60, -1),
    'a loss of more than everything': withValue(60, -3),
    'tiny values': wave.map((x) => x * 1e-150),
    'large values': wave.map((x) => x * 1e3),
  };
}

/** Series of which nothing can be known: no result may look like a number that was measured. */
export function brokenReturns(): Record<string, Float64Array> {
  const wave = hostileReturns()['only gains'];
  const withValue = (at: number, value: number): Float64Array => wave.map((x, t) => (t === at ? value : x));
  return {
    'NaN first': withValue(0, NaN),
    'NaN in the middle': withValue(60, NaN),
    'NaN last': withValue(wave.length - 1, NaN),
    'nothing but NaN': new Float64Array(120).fill(NaN),
    'infinity in the middle': withValue(60, Infinity),
    'minus infinity last': withValue(wave.length - 1, -Infinity),
  };
}

/** Result of a call, or the message with which it refused its input. Any other error is a defect and passes through. */
export function outcome(run: () => unknown): { value: unknown } | { refused: string } {
  try {
    return { value: run() };
  } catch (error) {
    if (error instanceof RangeError && / must (be|have) .*(, was |, had )/.test(error.message))
      return { refused: error.message };
    throw error;
  }
}

/** Paths of all numbers of a result that satisfy `holds`; typed arrays and objects are walked. */
export function numbersIn(value: unknown, holds: (x: number) => boolean, path = ''): string[] {
  if (typeof value === 'number') return holds(value) ? [`${path} = ${value}`] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, holds, path === '' ? key : `${path}.${key}`));
}
