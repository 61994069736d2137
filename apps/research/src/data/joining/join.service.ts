import { columnNames, OWN_COLUMNS } from '@assay/domain';
import { priceBasis, stretchOf, type ObservationSeries } from '@assay/market-data';
import { Transactions } from '@assay/persistence';
import type { Principal } from '@assay/platform';
import { invalidField, refuse } from '@assay/primitives';
import type { NewsWindow } from '@assay/market-data/sentiment';
import { Injectable } from '@nestjs/common';
import { newsStoreOf, observationStoreOf } from '../../records/market/market.store';
import { derivedSource, originOf } from '../derived-series';
import { BarImports } from '../imports/bar-imports';
import { MarketData } from '../market-data';
import { mayCorrect } from '../may-correct';
import { DataThreads } from '../threads/data-threads';
import { onlyObservations } from '../observations/only-observations';
import type { JoinDto, JoinedNewsDto, JoinedSeriesDto } from './join.request';
import type { JoinedBarsDto, JoinedColumnDto, JoinedNewsColumnDto } from './join.response';

/** What names of columns mean already, in bars and where they are read. */
const RESERVED = new Set<string>(['v', 'date', 'time', 'adj_close', ...OWN_COLUMNS]);

/** Stored bars with external series beside them, as they were known at each close, stored as a series of their own. */
@Injectable()
export class JoinService {
  constructor(
    private readonly tx: Transactions,
    private readonly imports: BarImports,
    private readonly market: MarketData,
    private readonly threads: DataThreads,
  ) {}

  /** @throws DomainError `not_found`; `validation_failed` for a column that is there, a name that several series have */
  async join(owner: Principal, body: JoinDto): Promise<JoinedBarsDto> {
    const asked = await this.market.requireSeries(body.source ?? null, body.symbol, body.timeframe);
    const source = derivedSource(body.into, `joined.${asked.source}`);
    const [wantedSeries, wantedNews] = [body.series ?? [], body.news ?? []];
    if (wantedSeries.length + wantedNews.length === 0) {
      const message = 'series or news must name at least one column to join, had neither';
      throw invalidField('series', 'one_of', null, message);
    }
    const columns = namesOf(wantedSeries, wantedNews, asked.extraColumns);
    const windows = wantedNews.map(windowOf);
    const ages = wantedSeries.map(({ max_age: age }, i) =>
      age === undefined ? Infinity : stretchOf(`series[${i}].max_age`, age),
    );
    const { found, news } = await this.tx.run(async (em) => {
      const store = observationStoreOf(em);
      const rows = [];
      for (const [i, wanted] of wantedSeries.entries()) {
        const one = onlyObservations(
          await store.ofName(wanted.name, wanted.symbol ?? body.symbol),
          wanted,
          `series[${i}].source`,
        );
        rows.push({ series: one, observations: await store.observationsOf(one.id) });
      }
      const pieces = [];
      for (const wanted of wantedNews)
        pieces.push(await newsStoreOf(em).of(wanted.symbol ?? body.symbol, wanted.source));
      return { found: rows, news: pieces };
    });
    requireNews(wantedNews, news, body.symbol);
    const { series, bars, adjFactor } = await this.market.store.factoredBarsOf(asked);
    const joined = await this.threads.join({
      ...{ openTimeMs: bars.openTimeMs, timeframe: series.timeframe, market: series.market },
      series: found.map(({ observations }, i) => ({ observations, maxAgeMs: ages[i]! })),
    });
    const told = await this.threads.joinNews({
      ...{ openTimeMs: bars.openTimeMs, timeframe: series.timeframe, market: series.market },
      close: bars.close.map((close, t) => close * adjFactor[t]!),
      columns: wantedNews.map(({ measure }, i) => ({ measure, window: windows[i]!, news: news[i]! })),
    });
    const added = [...joined, ...told.map(({ values }) => values)];
    const extra = { ...bars.extra, ...Object.fromEntries(columns.map((name, i) => [name, added[i]!])) };
    const read = {
      ...{ bars: { ...bars, source, extra }, adjFactor: priceBasis(series) === 'none' ? null : adjFactor },
      ...{ recognised: [], repairs: [], warnings: [] },
    };
    const options = { market: series.market, synthetic: series.synthetic, correct: mayCorrect(owner) };
    const stored = await this.imports.store(read, options);
    const views = found.map(({ series: one }, i) => columnView(columns[i]!, one, joined[i]!, bars.openTimeMs));
    const newsViews = wantedNews.map(({ measure, source: from, symbol }, i): JoinedNewsColumnDto => ({
      ...{ column: columns[found.length + i]!, measure, source: from ?? null, symbol: symbol ?? body.symbol },
      ...{ news: news[i]!.length, fingerprint: told[i]!.fingerprint, ...filled(told[i]!.values, bars.openTimeMs) },
    }));
    const { timeframe } = series;
    return { ...stored, source, timeframe, origin: originOf(series), joined: views, news: newsViews };
  }
}

/** Names of the new columns. @throws DomainError for one that is taken, reserved or given twice */
function namesOf(
  series: readonly JoinedSeriesDto[],
  news: readonly JoinedNewsDto[],
  present: readonly string[],
): string[] {
  const names = [
    ...series.map(({ as, name }) => as ?? name),
    ...news.map(({ as, measure }) => as ?? `news_${measure}`),
  ];
  names.forEach((name, i) => {
    const isTaken = RESERVED.has(name) || present.includes(name) || names.indexOf(name) < i;
    if (!isTaken) return;
    const known = [...columnNames(present), ...names.slice(0, i)].join(', ');
    const field = i < series.length ? `series[${i}].as` : `news[${i - series.length}].as`;
    throw invalidField(field, 'unique', name, `${field} must be a name that no column has (${known}), was ${name}`);
  });
  return names;
}

function columnView(
  column: string,
  { id, source, symbol, name, fingerprint }: ObservationSeries,
  values: Float64Array,
  openTimeMs: Float64Array,
): JoinedColumnDto {
  return {
    ...{ column, series_id: id, source, symbol, name, fingerprint: fingerprint! },
    ...filled(values, openTimeMs),
  };
}

/** How many bars have no value, and which is the first that has one. */
function filled(values: Float64Array, openTimeMs: Float64Array): { missing: number; first: string | null } {
  const first = values.findIndex((value) => !Number.isNaN(value));
  return {
    missing: values.reduce((count, value) => count + Number(Number.isNaN(value)), 0),
    first: first < 0 ? null : new Date(openTimeMs[first]!).toISOString(),
  };
}

const DEFAULT_WINDOW = '3d';

/** @throws DomainError naming the field of a stretch that is none */
function windowOf({ window, half_life: halfLife }: JoinedNewsDto, i: number): NewsWindow {
  return {
    windowMs: stretchOf(`news[${i}].window`, window ?? DEFAULT_WINDOW),
    halfLifeMs: halfLife === undefined ? Infinity : stretchOf(`news[${i}].half_life`, halfLife),
  };
}

/** @throws DomainError `not_found` for news of which there is none */
function requireNews(wanted: readonly JoinedNewsDto[], news: readonly (readonly unknown[])[], symbol: string): void {
  const at = news.findIndex((pieces) => pieces.length === 0);
  if (at < 0) return;
  const of = wanted[at]!.symbol ?? symbol;
  const { source } = wanted[at]!;
  const from = source === undefined ? '' : ` from ${source}`;
  throw refuse('not_found', `no news of ${of}${from} is stored`, { symbol: of, source });
}
