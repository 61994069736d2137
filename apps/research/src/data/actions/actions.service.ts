import {
  checkActions,
  readActions,
  type ActionsKey,
  type ChangedActions,
  type StatedAction,
  type StoredAction,
} from '@assay/market-data';
import { Transactions } from '@assay/persistence';
import type { Principal } from '@assay/platform';
import { invalidField, notFound } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { pageOf } from '../../listing/page';
import { actionStoreOf, marketStoreOf, qualityStoreOf } from '../../records/market/market.store';
import type { FileRequest } from '../imports/import-request';
import { mayCorrect } from '../may-correct';
import { DataThreads } from '../threads/data-threads';
import type { ActionPageQuery, ActionsDto } from './action.request';
import type { ActionSeriesDto, ChangedActionsDto, CorporateActionDto, CorporateActionPageDto } from './action.response';

/** All bars of a symbol are read, judged and written in one transaction. */
const LONG = { statementMs: 300_000 };

/** Splits and dividends, and what they make of stored bars. */
@Injectable()
export class ActionsService {
  constructor(
    private readonly tx: Transactions,
    private readonly threads: DataThreads,
  ) {}

  /** @throws DomainError as `ActionStore.change`; `validation_failed` for what is no list of actions */
  write(owner: Principal, { body, file }: FileRequest<ActionsDto>): Promise<ChangedActionsDto> {
    const put = statedIn(body, file);
    return this.tx.run((em) => this.put(em, body, put, mayCorrect(owner)), LONG);
  }

  /** The same within a transaction. @param correct whether stored bars may change */
  async put(
    em: EntityManager,
    { source, symbol }: ActionsKey,
    put: readonly StatedAction[],
    correct: boolean,
  ): Promise<ChangedActionsDto> {
    const change = { put, nowMs: Date.now(), addOnly: !correct };
    return this.judged(em, await actionStoreOf(em).change({ source, symbol }, change));
  }

  remove(owner: Principal, id: string): Promise<ChangedActionsDto> {
    return this.tx.run(async (em) => {
      const store = actionStoreOf(em);
      const action = await store.find(id);
      if (action === null) throw notFound('corporate action', id);
      const change = { remove: id, nowMs: Date.now(), addOnly: !mayCorrect(owner) };
      return this.judged(em, await store.change(action, change));
    }, LONG);
  }

  list({ source, symbol, ...query }: ActionPageQuery): Promise<CorporateActionPageDto> {
    return this.tx.run((em) =>
      pageOf(
        query,
        (limit, cursor) => actionStoreOf(em).page({ source, symbol }, limit, cursor),
        (rows) => rows.map(actionView),
      ),
    );
  }

  /** With a quality report on the new content of every series that changed. */
  private async judged(em: EntityManager, { series: all, ...counts }: ChangedActions): Promise<ChangedActionsDto> {
    const series: ActionSeriesDto[] = [];
    for (const one of all) series.push(await this.seriesView(em, one));
    return { ...counts, series };
  }

  private async seriesView(
    em: EntityManager,
    { series, bars, idle }: ChangedActions['series'][number],
  ): Promise<ActionSeriesDto> {
    const fingerprint = series.fingerprint!;
    return {
      ...{ series_id: series.id, timeframe: series.timeframe, bars, fingerprint },
      quality: bars === 0 ? null : await this.report(em, series, fingerprint),
      without_effect: idle.map(({ code, action }) => ({ code, ex_date: action.exDate, kind: action.kind })),
    };
  }

  private async report(
    em: EntityManager,
    series: ChangedActions['series'][number]['series'],
    fingerprint: string,
  ): Promise<ActionSeriesDto['quality']> {
    const store = marketStoreOf(em);
    const judged = await store.judged(series, await store.barsOf(series));
    const quality = qualityStoreOf(em);
    const noticed = await quality.noticed(series.id);
    const report = await this.threads.quality({ bars: judged, market: series.market, noticed });
    const saved = { id: newId(), seriesId: series.id, fingerprint, report, nowMs: Date.now() };
    const { id, errors, warnings } = await quality.save(saved);
    return { id, errors, warnings };
  }
}

function statedIn({ actions, content }: ActionsDto, file: Uint8Array | null): StatedAction[] {
  const text = file === null ? content : Buffer.from(file).toString('utf8');
  if ((text === undefined) === (actions === undefined)) {
    const message = `actions or content must be given, ${actions ? 'both were' : 'both were missing'}`;
    throw invalidField('actions', actions ? 'one_of' : 'required', null, message);
  }
  if (text !== undefined) return readActions(text);
  return checkActions(
    actions!.map(({ ex_date: exDate, kind, value, available_at: availableAt = null }, i) => ({
      ...{ field: `actions[${i}]`, dateName: 'ex_date', exDate, kind, value, availableAt },
    })),
  );
}

const actionView = ({ id, source, symbol, exDate, kind, value, availableAtMs }: StoredAction): CorporateActionDto => ({
  ...{ id, source, symbol, ex_date: exDate, kind, value },
  available_at: availableAtMs === null ? null : new Date(availableAtMs).toISOString(),
});
