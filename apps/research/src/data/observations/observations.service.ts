import { stretchOf, type ObservationSeries, type StoredObservation } from '@assay/market-data';
import { Transactions } from '@assay/persistence';
import type { Principal } from '@assay/platform';
import { invalid, notFound } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import { pageOf } from '../../listing/page';
import { observationStoreOf } from '../../records/market/market.store';
import { required } from '../imports/import-checks';
import { readingOf, type FileRequest } from '../imports/import-request';
import { mayCorrect } from '../may-correct';
import { DataThreads } from '../threads/data-threads';
import { endOfRange, startOfRange } from '../time-range';
import type { ImportObservationsDto, ObservationSeriesQuery, ObservationValuesQuery } from './observation.request';
import type {
  ImportedObservationsDto,
  ImportedSeriesDto,
  ObservationDto,
  ObservationSeriesDto,
  ObservationSeriesPageDto,
  ObservationValuesDto,
} from './observation.response';

const DEFAULT_LIMIT = 1000;
const LONG = { statementMs: 300_000 };

/** External series: their import, and what was known of them when. */
@Injectable()
export class ObservationsService {
  constructor(
    private readonly tx: Transactions,
    private readonly threads: DataThreads,
  ) {}

  /** Stores the values of a file; nothing is stored when one row is wrong. @throws DomainError as `readObservations`, `ObservationStore.import` */
  async import(owner: Principal, { body, file }: FileRequest<ImportObservationsDto>): Promise<ImportedObservationsDto> {
    const content = file ?? body.content;
    const problems = [...required('source', body.source), ...required('content', content)];
    if (problems.length > 0) throw invalid(problems);
    if (body.available_after !== undefined) stretchOf('available_after', body.available_after);
    const { sort: _, ...reading } = readingOf(body);
    const options = { ...reading, symbol: body.symbol, series: body.series, availableAfter: body.available_after };
    const { series, recognised, repairs } = await this.threads.readObservations(content!, options);
    const nowMs = Date.now();
    const key = { source: body.source!, symbol: body.symbol ?? null, nowMs, addOnly: !mayCorrect(owner) };
    const imported = await this.tx.run(async (em) => {
      const done: ImportedSeriesDto[] = [];
      const store = observationStoreOf(em);
      // always in one order, so that two imports never wait for each other
      for (const { name, observations } of [...series].sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const { series: stored, ...counts } = await store.import({ ...key, id: newId(), name, observations });
        done.push({ ...seriesView(stored), ...counts });
      }
      return done;
    }, LONG);
    return { series: imported, recognised, repairs };
  }

  list({ source, symbol, name, ...query }: ObservationSeriesQuery): Promise<ObservationSeriesPageDto> {
    return this.tx.run((em) =>
      pageOf(
        query,
        (limit, cursor) => observationStoreOf(em).page({ source, symbol, name }, limit, cursor),
        (rows) => rows.map(seriesView),
      ),
    );
  }

  /** @throws DomainError `not_found` */
  values(id: string, query: ObservationValuesQuery): Promise<ObservationValuesDto> {
    const { as_of: asOf, start, end, cursor, limit = DEFAULT_LIMIT } = query;
    const range = {
      asOfMs: asOf === undefined ? undefined : startOfRange('as_of', asOf),
      fromMs: start === undefined ? undefined : startOfRange('start', start),
      toMs: end === undefined ? undefined : endOfRange('end', end),
      afterMs: cursor === undefined ? undefined : Date.parse(cursor),
    };
    return this.tx.run(async (em) => {
      const store = observationStoreOf(em);
      const series = await store.find(id);
      if (series === null) throw notFound('observation series', id);
      const rows = await store.values(id, { ...range, most: limit + 1 });
      const events = [...new Set(rows.map(({ eventMs }) => eventMs))];
      const last = events.length > limit ? events[limit - 1]! : null;
      const shown = last === null ? rows : rows.filter(({ eventMs }) => eventMs <= last);
      const next = last === null ? null : new Date(last).toISOString();
      return { series: seriesView(series), items: shown.map(observationView), next_cursor: next };
    });
  }
}

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const seriesView = (s: ObservationSeries): ObservationSeriesDto => ({
  ...{ id: s.id, source: s.source, symbol: s.symbol, name: s.name, observations: s.observations },
  ...{ first_event_time: isoOrNull(s.firstEventMs), last_event_time: isoOrNull(s.lastEventMs) },
  ...{ last_available_at: isoOrNull(s.lastAvailableMs), fingerprint: s.fingerprint },
  corrected_at: isoOrNull(s.correctedAtMs),
});

const observationView = ({ eventMs, availableMs, value }: StoredObservation): ObservationDto => ({
  event_time: new Date(eventMs).toISOString(),
  available_at: new Date(availableMs).toISOString(),
  value,
});
