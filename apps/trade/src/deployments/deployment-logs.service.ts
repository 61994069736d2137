import type { SignalLogEntry } from '@assay/contracts';
import { bits } from '@assay/pipeline';
import { Transactions } from '@assay/persistence';
import type { Principal } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RowPage } from '../listing/time-page';
import type { FillEntity } from '../records/orders/fill.entity';
import type { OrderEntity } from '../records/orders/order.entity';
import { OrderStore } from '../records/orders/order.store';
import type { RunEntity } from '../records/runs/run.entity';
import { RunStore } from '../records/runs/run.store';
import { LogStore } from '../records/logs/log.store';
import type { SignalLogEntity } from '../records/logs/signal-log.entity';
import { tradeAnswer } from './trade-answer';
import type { LogQueryDto } from './deployment.request';
import type {
  FillDto,
  FillPageDto,
  OrderDto,
  OrderPageDto,
  RunDto,
  RunPageDto,
  SignalPageDto,
  TradePageDto,
} from './deployment-log.response';
import { OwnDeployments } from './own-deployments';

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

@Injectable()
export class DeploymentLogsService {
  constructor(
    private readonly tx: Transactions,
    private readonly own: OwnDeployments,
    private readonly logs: LogStore,
    private readonly orderRows: OrderStore,
    private readonly runRows: RunStore,
  ) {}

  /** The execution log, oldest first: one row per decision, with every risk check. */
  trades(owner: Principal, id: string, query: LogQueryDto): Promise<TradePageDto> {
    return this.page(owner, id, (em) => this.logs.tradePage(em, id, query), tradeAnswer);
  }

  /** What the evaluator said about each bar, oldest first, with the bit patterns of every number. */
  signals(owner: Principal, id: string, query: LogQueryDto): Promise<SignalPageDto> {
    return this.page(owner, id, (em) => this.logs.signalPage(em, id, query), signalAnswer);
  }

  orders(owner: Principal, id: string, query: LogQueryDto): Promise<OrderPageDto> {
    return this.page(owner, id, (em) => this.orderRows.orderPage(em, id, query), orderAnswer);
  }

  fills(owner: Principal, id: string, query: LogQueryDto): Promise<FillPageDto> {
    return this.page(owner, id, (em) => this.orderRows.fillPage(em, id, query), fillAnswer);
  }

  /** One row per bar close that was to be evaluated, oldest first: done, waiting for its bar, caught up late or missed. */
  runs(owner: Principal, id: string, query: LogQueryDto): Promise<RunPageDto> {
    return this.page(owner, id, (em) => this.runRows.page(em, id, query), runAnswer);
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

function signalAnswer(row: SignalLogEntity): SignalLogEntry {
  const pairs = row.featureNames.map((name, i) => [name, row.featureValues[i]!] as const);
  return {
    bar_time: row.barTime.toISOString(),
    evaluated_at: row.evaluatedAt.toISOString(),
    features: Object.fromEntries(pairs.map(([name, value]) => [name, finite(value)])),
    prediction: finite(row.prediction),
    signal: finite(row.signal),
    weight: finite(row.weight),
    decision: row.decision,
    reason: row.reason,
    bits: {
      features: Object.fromEntries(pairs.map(([name, value]) => [name, bits(value)])),
      prediction: bits(row.prediction),
      signal: bits(row.signal),
      weight: bits(row.weight),
    },
  };
}

const runAnswer = (row: RunEntity): RunDto => ({
  run_id: row.runId,
  bar_close_time: row.barCloseTime.toISOString(),
  trigger: row.trigger,
  state: row.state,
  outcome: row.outcome,
  reason: row.reason,
  started_at: row.startedAt.toISOString(),
  finished_at: row.finishedAt?.toISOString() ?? null,
});

const orderAnswer = (row: OrderEntity): OrderDto => ({
  order_id: row.orderId,
  intent_id: row.intentId,
  client_order_id: row.clientOrderId,
  venue_order_id: row.venueOrderId,
  symbol: row.symbol,
  side: row.side,
  order_type: row.orderType,
  qty: row.qty,
  reduce_only: row.reduceOnly,
  state: row.state,
  filled_qty: row.filledQty,
  average_price: row.averagePrice,
  reject_code: row.rejectCode,
  message: row.message,
  sent_at: row.sentAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});

const fillAnswer = (row: FillEntity): FillDto => ({
  fill_id: row.fillId,
  order_id: row.orderId,
  venue_fill_id: row.venueFillId,
  side: row.side,
  qty: row.qty,
  price: row.price,
  fee: row.fee,
  filled_at: row.filledAt.toISOString(),
});
