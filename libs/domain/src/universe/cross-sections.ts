import type { CrossSectionKind, CrossSectionSpec } from '@assay/contracts';

/** A value a symbol; NaN where it has none. */
type Values = Float64Array;

/**
 * The columns of one time: those of the features first, then the cross-sections in their order. Only symbols of the pool
 * are looked at, so those that are absent change nothing.
 */
export class CrossSections {
  /** Position of each column by its name. */
  readonly names: readonly string[];
  private readonly columns: Values[];

  /** @param groups group of each symbol as a number, for comparisons within groups */
  constructor(
    features: readonly string[],
    private readonly specs: readonly CrossSectionSpec[],
    private readonly groups: Int32Array,
  ) {
    this.names = [...features, ...specs.map(({ name }) => name)];
    this.columns = specs.map(() => new Float64Array(groups.length));
  }

  /** The column of that name at one time. @param pool symbols in rising order */
  column(name: string, features: readonly Values[], pool: Int32Array): Values {
    const known = (of: string): Values => {
      const at = this.names.indexOf(of);
      return at < features.length ? features[at] : this.columns[at - features.length];
    };
    this.specs.forEach((spec, k) => {
      const out = this.columns[k].fill(NaN);
      if (spec.kind === 'combine')
        combine(
          spec.terms.map(({ of, weight }) => [known(of), weight]),
          pool,
          out,
        );
      else if (spec.within === 'universe') compare(spec.kind, known(spec.of), pool, out);
      else for (const group of byGroup(pool, this.groups)) compare(spec.kind, known(spec.of), group, out);
    });
    return known(name);
  }
}

/** The pool cut by group, groups by number. */
export function byGroup(pool: Int32Array, groups: Int32Array): Int32Array[] {
  const lists = new Map<number, number[]>();
  for (const i of pool) {
    const list = lists.get(groups[i]);
    if (list) list.push(i);
    else lists.set(groups[i], [i]);
  }
  return [...lists].sort(([a], [b]) => a - b).map(([, list]) => Int32Array.from(list));
}

function combine(terms: readonly (readonly [Values, number])[], pool: Int32Array, out: Values): void {
  for (const i of pool) {
    let total = 0;
    for (const [values, weight] of terms) total += weight * values[i];
    out[i] = Number.isFinite(total) ? total : NaN;
  }
}

/**
 * The symbols of a pool that have a value, the highest first; of equal values that of the first symbol counts as higher.
 * What is no finite number is no value.
 */
export function ranked(values: Values, pool: Int32Array): Int32Array {
  return pool.filter((i) => Number.isFinite(values[i])).sort((a, b) => compared(values[b], values[a]) || a - b);
}

/** Not the difference: that of two numbers can be beyond all numbers, or nothing. */
const compared = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

/** Rank 1 is the lowest of n; percentile (rank - 0.5) / n; z-score with ddof 1, undefined where nothing differs. */
function compare(kind: CrossSectionKind, values: Values, pool: Int32Array, out: Values): void {
  if (kind === 'rank' || kind === 'percentile') {
    const order = ranked(values, pool);
    const n = order.length;
    for (let place = 0; place < n; place++) {
      const rank = n - place;
      out[order[place]] = kind === 'rank' ? rank : (rank - 0.5) / n;
    }
    return;
  }
  const present = pool.filter((i) => Number.isFinite(values[i]));
  const unit = unitOf(values, present);
  const n = present.length;
  let total = 0;
  for (const i of present) total += values[i] * unit;
  const mean = total / n;
  let squares = 0;
  for (const i of present) squares += (values[i] * unit - mean) * (values[i] * unit - mean);
  const scale = kind === 'demean' ? unit : Math.sqrt(squares / (n - 1));
  // the sum of n equal numbers over n need not be the number: what is left of it is no difference
  const isFlat = kind === 'z_score' && !(scale > 1e-12 * Math.abs(mean));
  for (const i of present) {
    const value = (values[i] * unit - mean) / scale;
    out[i] = isFlat || !Number.isFinite(value) ? NaN : value;
  }
}

/** A power of two, so that it changes no bit, that keeps sums and squares of the values within what numbers can hold. */
function unitOf(values: Float64Array, present: Int32Array): number {
  let most = 0;
  for (const i of present) most = Math.max(most, Math.abs(values[i]));
  return most > 1e150 ? 2 ** -600 : most < 1e-150 ? 2 ** 600 : 1;
}
