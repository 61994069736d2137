import type { ParamValue } from '@assay/contracts';
import { invalid } from '@assay/primitives';
import type { SweepParamDto } from './sweep.request';

const MOST_VALUES = 5000;

/** Values of `a:b` or `a:b:step`, b included; value i is round(a + i step, 12). @throws DomainError naming the field. */
export function valuesOfParam(param: SweepParamDto, index: number): ParamValue[] {
  const { path, values, range, log_range: logRange } = param;
  const field = `params[${index}]`;
  if ([values, range, logRange].filter((given) => given !== undefined).length !== 1) {
    const message = `${field} must have one of values, range and log_range`;
    throw invalid([{ field, rule: 'one_of', value: { path, values: values ?? null, range: range ?? null }, message }]);
  }
  if (logRange !== undefined) return geometric(logRange, `${field}.log_range`);
  if (values) {
    const again = values.findIndex((value, i) => values.indexOf(value) !== i);
    if (again < 0) return values;
    const at = `${field}.values[${again}]`;
    const message = `${at} must be given once, was given again: ${String(values[again])}`;
    throw invalid([{ field: at, rule: 'unique', value: values[again], message }]);
  }
  const [from, to, step = 1] = range!.split(':').map(Number) as [number, number, number?];
  const refuseRange = (rule: string, must: string): never => {
    throw invalid([
      { field: `${field}.range`, rule, value: range, message: `${field}.range must ${must}, was ${range}` },
    ]);
  };
  if (![from, to, step].every(Number.isFinite)) refuseRange('number', 'be made of numbers');
  if (!(step > 0)) refuseRange('positive_step', 'have a step above 0');
  if (to < from) refuseRange('ascending', 'not end before it begins');
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (count > MOST_VALUES) refuseRange('max_items', `give at most ${MOST_VALUES} values`);
  const found = Array.from({ length: count }, (_, i) => Number((from + i * step).toFixed(12)));
  // A step below the rounding, or below the spacing of doubles at this size, gives a value twice: two cells that are one.
  if (new Set(found).size < count) refuseRange('unique', 'give different values at twelve decimals');
  return found;
}

/** Values of `a:b:count`; value i is a (b / a)^(i / (count - 1)) at twelve significant digits, the ends as they are given. */
function geometric(text: string, field: string): number[] {
  const [from, to, count] = text.split(':').map(Number) as [number, number, number];
  const refuseRange = (rule: string, must: string): never => {
    throw invalid([{ field, rule, value: text, message: `${field} must ${must}, was ${text}` }]);
  };
  if (![from, to].every((end) => Number.isFinite(end) && end > 0))
    refuseRange('positive', 'be made of numbers above 0');
  if (to <= from) refuseRange('ascending', 'end above its begin');
  if (count < 2 || count > MOST_VALUES) refuseRange('max_items', `give 2 to ${MOST_VALUES} values`);
  const found = Array.from({ length: count }, (_, i) =>
    i === 0 ? from : i === count - 1 ? to : Number((from * (to / from) ** (i / (count - 1))).toPrecision(12)),
  );
  if (new Set(found).size < count) refuseRange('unique', 'give different values at twelve digits');
  return found;
}
