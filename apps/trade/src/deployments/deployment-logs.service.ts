import { Transactions } from '@assay/persistence';
import type { Principal } from '@assay/platform';
import { tableOfRows, type RowColumn, type Table } from '@assay/tables';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RowPage } from '../listing/time-page';
import { OrderStore } from '../records/orders/order.store';
import { RunStore } from '../records/runs/run.store';
import type { SpanQuery } from '../records/deployment-page';
import { LogStore } from '../records/logs/log.store';
import { fillAnswer, orderAnswer, runAnswer, signalAnswer } from './log-answers';
import { FILL_COLUMNS, ORDER_COLUMNS, RUN_COLUMNS, signalColumns, TRADE_COLUMNS } from './log-tables';
import { tradeAnswer } from './trade-answer';
import type { ExportedLog, ExportLogQueryDto, LogQueryDto } from './deployment.request';
import type { FillPageDto, OrderPageDto, RunPageDto, SignalPageDto, TradePageDto } from './deployment-log.response';
import { OwnDeployments } from './own-deployments';

/** Rows of a log that are read at a time where all of it is wanted. */
const ROWS_PER_READ = 1_000;

type ReadPage<T> = (em: EntityManager, query: SpanQuery) => Promise<RowPage<T>>;

@Injectable()
export class DeploymentLogsService {
  constructor(
    private readonly tx: Transactions,
    private readonly own: OwnDeployments,
    private readonly logs: LogStore,
    private readonly orderRows: OrderStore,
    private readonly runRows: RunStore,
  ) {}

  /** The execution log: one row per decision, with every risk check. */
  trades(owner: Principal, id: string, query: LogQueryDto): Promise<TradePageDto> {
    return this.page(owner, id, (em) => this.logs.tradePage(em, id, query), tradeAnswer);
  }

  /** What the evaluator said about each bar, with the bit patterns of every number. */
  signals(owner: Principal, id: string, query: LogQueryDto): Promise<SignalPageDto> {
    return this.page(owner, id, (em) => this.logs.signalPage(em, id, query), signalAnswer);
  }

  orders(owner: Principal, id: string, query: LogQueryDto): Promise<OrderPageDto> {
    return this.page(owner, id, (em) => this.orderRows.orderPage(em, id, query), orderAnswer);
  }

  fills(owner: Principal, id: string, query: LogQueryDto): Promise<FillPageDto> {
    return this.page(owner, id, (em) => this.orderRows.fillPage(em, id, query), fillAnswer);
  }

  /** One row per bar close that was to be evaluated: done, waiting for its bar, caught up late or missed. */
  runs(owner: Principal, id: string, query: LogQueryDto): Promise<RunPageDto> {
    return this.page(owner, id, (em) => this.runRows.page(em, id, query), runAnswer);
  }

  /** All rows of a log, oldest first, a page of them in memory at a time. @throws DomainError `not_found` at once */
  async table(owner: Principal, id: string, log: ExportedLog, span: ExportLogQueryDto): Promise<Table> {
    const names = await this.tx.run(async (em) => {
      await this.own.get(em, owner, id);
      return log === 'signals' ? this.logs.featureNames(em, id) : [];
    });
    const all = <T, R>(columns: RowColumn<R>[], read: ReadPage<T>, answer: (row: T) => R): Table =>
      tableOfRows(columns, this.rows(owner, id, span, read, answer));
    switch (log) {
      case 'trades':
        return all(TRADE_COLUMNS, (em, query) => this.logs.tradePage(em, id, query), tradeAnswer);
      case 'signals':
        return all(
          signalColumns(names),
          (em, query) => this.logs.signalPage(em, id, query),
          (row) => row,
        );
      case 'runs':
        return all(RUN_COLUMNS, (em, query) => this.runRows.page(em, id, query), runAnswer);
      case 'orders':
        return all(ORDER_COLUMNS, (em, query) => this.orderRows.orderPage(em, id, query), orderAnswer);
      case 'fills':
        return all(FILL_COLUMNS, (em, query) => this.orderRows.fillPage(em, id, query), fillAnswer);
    }
  }

  private async *rows<T, R>(
    owner: Principal,
    id: string,
    { from, to }: ExportLogQueryDto,
    read: ReadPage<T>,
    answer: (row: T) => R,
  ): AsyncGenerator<R[]> {
    for (let cursor: string | undefined; ;) {
      const query = { from, to, cursor, limit: ROWS_PER_READ };
      const { items, next_cursor } = await this.page(owner, id, (em) => read(em, query), answer);
      yield items;
      if (next_cursor === null) return;
      cursor = next_cursor;
    }
  }

  private page<T, D>(
    owner: Principal,
    deploymentId: string,
    read: (em: EntityManager) => Promise<RowPage<T>>,
    answer: (row: T) => D,
  ): Promise<{ items: D[]; next_cursor: string | null }> {
    return this.tx.run(async (em) => {
      await this.own.get(em, owner, deploymentId);
      const { rows, next_cursor } = await read(em);
      return { items: rows.map(answer), next_cursor };
    });
  }
}
