import type { FeatureSpec, ParameterValues, Timeframe } from '@assay/contracts';
import {
  columnOf,
  type Bar,
  type BarColumns,
  type FeatureRuntime,
  type FeatureStream,
  type StageMemo,
} from '@assay/domain';
import { below, hashOf, invalid } from '@assay/primitives';
import { concatColumns, indicatorMatrix, type MatrixColumn } from '@assay/quant';
import { DERIVED_COLUMNS } from '../columns';
import type { FeaturePlugin } from './feature-plugin';
import { resolveFeature } from './feature-registry';

/** A feature with its column over some bars. Nobody writes to the column. */
export interface FeatureColumn {
  runtime: FeatureRuntime;
  /** Names everything the column depends on but the bars. */
  key: string;
  column: Float64Array;
  /** Leading bars of these without a value: more than the runtime's where some of them do not count. */
  lookback: number;
}

/** A feature with those listed before it that it reads. */
interface Link {
  readonly name: string;
  readonly plugin: FeaturePlugin;
  readonly params: ParameterValues;
  /** Places of the features that it reads itself, by the name it reads them by. */
  readonly reads: ReadonlyMap<string, number>;
  /** Reads them as further columns of its bars. */
  readonly own: FeatureRuntime;
  readonly key: string;
}

/**
 * Definitions in their order: each may read a feature listed before it as it would read a bar column, by name. Of a name that a feature itself
 * reads as a bar column, as in `factor = zscore(factor)`, later features read the bar column too.
 * @throws as `resolveFeature`, at the place of the definition
 */
function linksOf(specs: readonly FeatureSpec[], timeframe: Timeframe): Link[] {
  const links: Link[] = [];
  const named = new Map<string, number>();
  specs.forEach((spec, i) => {
    const link = below(`features[${i}]`, () => {
      const { plugin, params } = resolveFeature(spec);
      const columns = plugin.columns(params);
      const reads = new Map(columns.flatMap((column) => (named.has(column) ? [[column, named.get(column)!]] : [])));
      const features = new Map([...reads].map(([name, at]) => [name, links[at]!.own]));
      const own = plugin.create(params, spec.name, { timeframe, features });
      const inputs = [...reads].map(([name, at]) => [name, links[at]!.key]);
      const identity = [spec.plugin, spec.plugin_version, params];
      // a hash, since the keys of what is read are in it
      const key = reads.size === 0 ? JSON.stringify(identity) : hashOf([...identity, inputs]);
      return { name: spec.name, plugin, params, reads, own, key };
    });
    links.push(link);
    if (!barColumnsOf(link).includes(spec.name)) named.set(spec.name, i);
  });
  return links;
}

const barColumnsOf = ({ plugin, params, reads }: Link): string[] =>
  plugin.columns(params).filter((column) => !reads.has(column));

/** Bar columns that each definition reads: neither features listed before it, nor what every series has by the times of its bars. @throws as `featureRuntimes` */
export function featureBarColumns(specs: readonly FeatureSpec[], timeframe: Timeframe = '1d'): string[][] {
  return linksOf(specs, timeframe).map((link) => barColumnsOf(link).filter((name) => !DERIVED_COLUMNS.includes(name)));
}

/** The runnable forms of a document's features, each complete by itself. @throws as `resolveFeature`, at the place of the definition */
export function featureRuntimes(specs: readonly FeatureSpec[], timeframe: Timeframe = '1d'): FeatureRuntime[] {
  const links = linksOf(specs, timeframe);
  return links.map((_, i) => runtimeOf(links, i));
}

/** Of each definition what names everything that its column depends on but the bars. @throws as `featureRuntimes` */
export const featureKeys = (specs: readonly FeatureSpec[], timeframe: Timeframe = '1d'): string[] =>
  linksOf(specs, timeframe).map(({ key }) => key);

/** The columns of a document's features, each computed once however many documents share `memo`, which belongs to the bars. */
export function featureColumns(specs: readonly FeatureSpec[], bars: BarColumns, memo: StageMemo): FeatureColumn[] {
  const links = linksOf(specs, bars.timeframe);
  const columns: Float64Array[] = [];
  let together: ReadonlyMap<string, Float64Array> | undefined;
  return links.map((link, i) => {
    const column = below(`features[${i}]`, () => {
      requireOrder(link, specs.slice(i + 1), bars);
      return memo.of(memoKey(link), () => {
        together ??= columnsTogether(links, bars, memo);
        return together.get(link.key) ?? link.own.batch(withColumns(bars, link, columns));
      });
    });
    columns.push(column);
    return { runtime: runtimeOf(links, i), key: link.key, column, lookback: lookbackOver(links, i, bars) };
  });
}

/** What bars that do not count add to the lookbacks of everything that a feature rests on. */
function lookbackOver(links: readonly Link[], at: number, bars: BarColumns): number {
  const late = closureOf(links, at).map((i) => {
    const { lookback, lookbackOver: over } = links[i]!.own;
    return over ? Math.max(0, over(bars) - lookback) : 0;
  });
  return late.reduce((sum, value) => sum + value, links[at]!.own.lookback);
}

const memoKey = ({ key }: Link): string => `column ${key}`;

/** Those that are outputs of indicators over the bars alone and not known yet: what they have in common is computed once. */
function columnsTogether(links: readonly Link[], bars: BarColumns, memo: StageMemo): ReadonlyMap<string, Float64Array> {
  const found = new Map<string, MatrixColumn>();
  for (const link of links) {
    const { plugin, params, reads } = link;
    const isThere = barColumnsOf(link).every((name) => DERIVED_COLUMNS.includes(name) || columnOf(bars, name));
    // one whose column is missing says so in its turn
    if (!plugin.matrixColumn || reads.size > 0 || !isThere || memo.has(memoKey(link))) continue;
    found.set(link.key, plugin.matrixColumn(params, bars));
  }
  const columns = indicatorMatrix([...found.values()]);
  return new Map([...found.keys()].map((key, i) => [key, columns[i]!]));
}

/** A name that only a later feature has is a mistake of the order, and said to be one. */
function requireOrder(link: Link, later: readonly FeatureSpec[], bars: BarColumns): void {
  const read = barColumnsOf(link);
  const wrong = later.find(({ name }) => read.includes(name) && columnOf(bars, name) === undefined);
  if (!wrong) return;
  const message = `params must read bar columns and features listed before ${link.name}, was ${wrong.name}, which is listed after it`;
  throw invalid([{ field: 'params', rule: 'feature_order', value: wrong.name, message }]);
}

function withColumns(bars: BarColumns, { reads }: Link, columns: readonly Float64Array[]): BarColumns {
  if (reads.size === 0) return bars;
  let { extra } = bars;
  for (const [name, at] of reads) extra = { ...extra, [name]: columns[at]! };
  return { ...bars, extra };
}

function withValues(bar: Bar, { reads }: Link, values: Float64Array): Bar {
  if (reads.size === 0) return bar;
  let { extra } = bar;
  for (const [name, at] of reads) extra = { ...extra, [name]: values[at]! };
  return { ...bar, extra };
}

/** Places of everything that a feature rests on, itself last. */
function closureOf(links: readonly Link[], at: number): number[] {
  const found = new Set<number>();
  const visit = (i: number): void => {
    if (found.has(i)) return;
    for (const read of links[i]!.reads.values()) visit(read);
    found.add(i);
  };
  visit(at);
  return [...found];
}

/** A feature that reads others has them within it, so that it can be run anywhere a feature can. */
function runtimeOf(links: readonly Link[], at: number): FeatureRuntime {
  const link = links[at]!;
  if (link.reads.size === 0) return link.own;
  const closure = closureOf(links, at);
  return {
    name: link.name,
    lookback: link.own.lookback,
    scale: link.own.scale,
    batch(bars) {
      const columns: Float64Array[] = [];
      for (const i of closure) columns[i] = links[i]!.own.batch(withColumns(bars, links[i]!, columns));
      return columns[at]!;
    },
    stream: () => chainStream(links, closure),
  };
}

function chainStream(links: readonly Link[], closure: readonly number[]): FeatureStream {
  const streams = closure.map((i) => links[i]!.own.stream());
  const values = new Float64Array(links.length);
  return {
    update(bar) {
      let value = NaN;
      closure.forEach((i, k) => (values[i] = value = streams[k]!.update(withValues(bar, links[i]!, values))));
      return value;
    },
    save: () => concatColumns(streams.map((stream) => stream.save())),
    load(state) {
      let from = 0;
      for (const stream of streams) {
        const { length } = stream.save();
        stream.load(state.slice(from, from + length));
        from += length;
      }
    },
  };
}
