import type { SignalFunction, Substrategy, Warning } from '@assay/contracts';
import {
  indicatorScale,
  isBoundedSignal,
  otherKindOfSignal,
  PURE_NUMBER,
  upperBoundedLine,
  WITH_UNIT,
  type TieScale,
} from '@assay/quant';
import { STANDARD_COLUMNS } from '../ports';

/** A substrategy as it is evaluated, after the rulings that make each document do what its author meant. */
export interface ResolvedSubstrategy {
  id: number;
  /** Name of its feature column, such as `s1_get_rsi_14`. */
  featureName: string;
  indicator: Substrategy['indicator'];
  window: number;
  dataColumn: string;
  /** The function after a band function on a bounded indicator, or the reverse, was exchanged. */
  signalFunction: SignalFunction;
  threshold: number;
  /** The feature is the relative distance price / average - 1 instead of the average. */
  relative: boolean;
  /** What the feature is measured in: an average compared as it is carries the unit of its column. */
  scale: TieScale;
}

/** Price columns: an average of one of these is compared as a relative distance. */
function isPrice(column: string): boolean {
  return column === 'v' || (column !== 'volume' && (STANDARD_COLUMNS as readonly string[]).includes(column));
}

/** Resolves one substrategy; `path` is where it stands in the document, for the warnings. */
export function resolveSubstrategy(
  sub: Substrategy,
  path: string,
): { resolved: ResolvedSubstrategy; warnings: Warning[] } {
  const warnings: Warning[] = [];
  const scale = indicatorScale(sub.indicator);
  let signalFunction = sub.signal_func;
  if (isBoundedSignal(signalFunction) !== (scale === 'bounded')) {
    signalFunction = otherKindOfSignal(signalFunction);
    const bounded = scale === 'bounded';
    warnings.push({
      code: bounded ? 'band_resolved_to_bounded' : 'bounded_resolved_to_band',
      field: `${path}.signal_func`,
      message: `${sub.signal_func} on ${sub.indicator} is evaluated as ${signalFunction}: ${sub.indicator} is ${bounded ? 'bounded by 0 and 100' : 'not bounded by 0 and 100'}`,
      resolved_to: signalFunction,
    });
  }
  if (scale === 'bounded' && upperBoundedLine(sub.signal) !== sub.signal) {
    const upper = upperBoundedLine(sub.signal);
    warnings.push({
      code: 'threshold_mirrored',
      field: `${path}.signal`,
      message: `signal ${sub.signal} names the pair of lines ${100 - upper} and ${upper}`,
      lower: 100 - upper,
      upper,
    });
  }
  const relative = scale === 'price' && isPrice(sub.data_column);
  if (relative) {
    warnings.push({
      code: 'relative_to_average',
      field: `${path}.signal`,
      message: `${sub.indicator} on a price is compared as price / average - 1, so signal ${sub.signal} is a fraction`,
    });
  }
  const resolved: ResolvedSubstrategy = {
    id: sub.id,
    featureName: `s${sub.id}_${sub.indicator}_${sub.window}`,
    indicator: sub.indicator,
    window: sub.window,
    dataColumn: sub.data_column,
    signalFunction,
    threshold: sub.signal,
    relative,
    scale: scale === 'price' && !relative ? WITH_UNIT : PURE_NUMBER,
  };
  return { resolved, warnings };
}

/** All substrategies in ascending order of id, which is the order they are combined in. */
export function resolveSubstrategies(substrategies: readonly Substrategy[]): {
  resolved: ResolvedSubstrategy[];
  warnings: Warning[];
} {
  const each = substrategies.map((sub, i) => resolveSubstrategy(sub, `substrategies[${i}]`));
  return {
    resolved: each.map((one) => one.resolved).sort((a, b) => a.id - b.id),
    warnings: each.flatMap((one) => one.warnings),
  };
}
