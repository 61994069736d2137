import { columnNames, OWN_COLUMNS } from '@assay/domain';
import { priceBasis, stretchOf, type ObservationSeries } from '@assay/market-data';
import { Transactions } from '@assay/persistence';
import type { Principal } from '@assay/platform';
import { invalidField } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { observationStoreOf } from '../../records/market/market.store';
import { derivedSource, originOf } from '../derived-series';
import { BarImports } from '../imports/bar-imports';
import { MarketData } from '../market-data';
import { mayCorrect } from '../may-correct';
import { DataThreads } from '../threads/data-threads';
import { onlyObservations } from '../observations/only-observations';
import type { JoinDto, JoinedSeriesDto } from './join.request';
import type { JoinedBarsDto, JoinedColumnDto } from './join.response';

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
    const columns = namesOf(body.series, asked.extraColumns);
    const ages = body.series.map(({ max_age: age }, i) =>
      age === undefined ? Infinity : stretchOf(`series[${i}].max_age`, age),
    );
    const found = await this.tx.run(async (em) => {
      const store = observationStoreOf(em);
      const rows = [];
      for (const [i, wanted] of body.series.entries()) {
        const one = onlyObservations(
          await store.ofName(wanted.name, wanted.symbol ?? body.symbol),
          wanted,
          `series[${i}].source`,
        );
        rows.push({ series: one, observations: await store.observationsOf(one.id) });
      }
      return rows;
    });
    const { series, bars, adjFactor } = await this.market.store.factoredBarsOf(asked);
    const joined = await this.threads.join({
      ...{ openTimeMs: bars.openTimeMs, timeframe: series.timeframe, market: series.market },
      series: found.map(({ observations }, i) => ({ observations, maxAgeMs: ages[i]! })),
    });
    const extra = { ...bars.extra, ...Object.fromEntries(columns.map((name, i) => [name, joined[i]!])) };
    const read = {
      ...{ bars: { ...bars, source, extra }, adjFactor: priceBasis(series) === 'none' ? null : adjFactor },
      ...{ recognised: [], repairs: [], warnings: [] },
    };
    const options = { market: series.market, synthetic: series.synthetic, correct: mayCorrect(owner) };
    const stored = await this.imports.store(read, options);
    const views = found.map(({ series: one }, i) => columnView(columns[i]!, one, joined[i]!, bars.openTimeMs));
    return { ...stored, source, timeframe: series.timeframe, origin: originOf(series), joined: views };
  }
}

/** Names of the new columns. @throws DomainError for one that is taken, reserved or given twice */
function namesOf(series: readonly JoinedSeriesDto[], present: readonly string[]): string[] {
  const names = series.map(({ as, name }) => as ?? name);
  names.forEach((name, i) => {
    const isTaken = RESERVED.has(name) || present.includes(name) || names.indexOf(name) < i;
    if (!isTaken) return;
    const known = [...columnNames(present), ...names.slice(0, i)].join(', ');
    const message = `series[${i}].as must be a name that no column has (${known}), was ${name}`;
    throw invalidField(`series[${i}].as`, 'unique', name, message);
  });
  return names;
}

function columnView(
  column: string,
  { id, source, symbol, name, fingerprint }: ObservationSeries,
  values: Float64Array,
  openTimeMs: Float64Array,
): JoinedColumnDto {
  const first = values.findIndex((value) => !Number.isNaN(value));
  return {
    ...{ column, series_id: id, source, symbol, name, fingerprint: fingerprint! },
    missing: values.reduce((count, value) => count + Number(Number.isNaN(value)), 0),
    first: first < 0 ? null : new Date(openTimeMs[first]!).toISOString(),
  };
}
