import type { ParamValue } from '@assay/contracts';
import type { SweepParam } from '@assay/pipeline';
import type { Args } from '../args/parse-args';
import { parseRange, toNumber } from '../args/range';
import { UsageError } from '../args/usage-error';

/** A number where it reads as one, `true` and `false` as booleans, any other word as a text. */
function valueOf(flag: string, text: string): ParamValue {
  if (text === '') throw new UsageError(`${flag} must have a value between its commas`);
  const number = toNumber(text);
  if (!Number.isNaN(number)) return number;
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

/** Values of `a:b` or `a:b:step`, or those of a list `a,b,c`. @throws UsageError */
function valuesOf(flag: string, text: string): SweepParam['values'] {
  if (/^[+-]?[\d.]/.test(text) && !text.includes(',')) return parseRange(flag, text);
  const values = text.split(',').map((one) => valueOf(flag, one.trim()));
  const kinds = [...new Set(values.map((value) => typeof value))];
  if (kinds.length > 1) throw new UsageError(`${flag} must have values of one kind, was ${text}`);
  const twice = values.find((value, i) => values.indexOf(value) < i);
  if (twice !== undefined) throw new UsageError(`${flag} must have each value once, has ${String(twice)} again`);
  return values;
}

/** Every `--param PATH=VALUES`: numbers, words of an enumeration or booleans, whichever the document has there. */
export function searchedParams(args: Args): SweepParam[] {
  const params = args.all('param').map((text): SweepParam => {
    const equals = text.indexOf('=');
    const path = text.slice(0, Math.max(equals, 0));
    if (path === '') throw new UsageError(`--param must be PATH=A:B[:STEP] or PATH=V,V,.., was ${text}`);
    return { path, values: valuesOf(`--param ${path}`, text.slice(equals + 1)) };
  });
  const twice = params.find(({ path }, i) => params.some((other, j) => j < i && other.path === path));
  if (twice) throw new UsageError(`--param ${twice.path} must be given once, was given again`);
  return params;
}
