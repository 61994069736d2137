import { calendarFor } from '@assay/market-data/calendars';
import { Transactions } from '@assay/persistence';
import type { Principal } from '@assay/platform';
import { Decimal, toWire } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { accountView } from '../accounts/account-view';
import { PaperAccounts } from '../accounts/paper-accounts';
import { deploymentAnswer, type DeploymentContext } from '../deployments/deployment-answer';
import type { LogQueryDto } from '../deployments/deployment.request';
import { OwnDeployments } from '../deployments/own-deployments';
import { ownProfit } from '../execution/ledger';
import { AccountStore } from '../records/accounts/account.store';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { DeploymentStore } from '../records/deployments/deployment.store';
import { LogStore } from '../records/logs/log.store';
import { OverviewStore, type DayFacts, type DeploymentFacts } from '../records/overview/overview.store';
import type {
  OverviewDto,
  ProfitPageDto,
  ProfitSumDto,
  WatchedAccountDto,
  WatchedDeploymentDto,
} from './overview.response';
import { dayProfit, profitSeries } from './profit';

const MOST_DEPLOYMENTS = 1_000;
const NO_POSITION = { qty: '0', averagePrice: null, realisedPnl: '0', fees: '0' };

/** What a fleet is watched by, from rows that are there anyway: no venue is asked and no bar is read. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly tx: Transactions,
    private readonly own: OwnDeployments,
    private readonly deployments: DeploymentStore,
    private readonly accounts: AccountStore,
    private readonly paper: PaperAccounts,
    private readonly facts: OverviewStore,
    private readonly logs: LogStore,
  ) {}

  get(owner: Principal, now = new Date()): Promise<OverviewDto> {
    return this.tx.run(async (em) => {
      const { rows, next_cursor } = await this.deployments.page(em, owner.userId, undefined, {
        limit: MOST_DEPLOYMENTS,
      });
      const deployments = await this.watched(em, rows, now);
      const accounts = await this.watchedAccounts(em, owner, rows, now);
      const has_more = next_cursor !== null;
      return { at: now.toISOString(), deployments, has_more, accounts, profit: sums(deployments) };
    });
  }

  /** Profit at each decision of a deployment, for its curve beside that of the backtest. */
  profit(owner: Principal, deploymentId: string, query: LogQueryDto): Promise<ProfitPageDto> {
    return this.tx.run(async (em) => {
      const row = await this.own.get(em, owner, deploymentId);
      const account = await this.accounts.get(em, row.accountId);
      const { rows, next_cursor } = await this.logs.tradePage(em, deploymentId, query);
      const marks = rows.map(({ timestamp, price }) => ({ at: timestamp, price }));
      const head = { capital: row.capital, currency: account.currency, next_cursor };
      if (marks.length === 0) return { ...head, items: [] };
      const [first, last] = [marks[0]!.at, marks.at(-1)!.at];
      const before = await this.facts.flowUpTo(em, deploymentId, first);
      const flows = await this.facts.flowsBetween(em, deploymentId, first, last);
      const items = profitSeries(before, flows, marks).map((point) => ({ ...point, at: point.at.toISOString() }));
      return { ...head, items };
    });
  }

  private async watched(em: EntityManager, rows: DeploymentEntity[], now: Date): Promise<WatchedDeploymentDto[]> {
    if (rows.length === 0) return [];
    const contexts = await this.own.contexts(em, rows);
    const facts = await this.facts.facts(
      em,
      rows.map(({ deploymentId }) => deploymentId),
    );
    const days = await this.facts.day(
      em,
      rows.map(({ deploymentId, market }) => ({ deploymentId, from: dayBegin(market, now) })),
    );
    const factsOf = new Map(facts.map((one) => [one.deploymentId, one]));
    const dayOf = new Map(days.map((one) => [one.deploymentId, one]));
    return rows.map((row, i) =>
      watchedAnswer(row, contexts[i]!, factsOf.get(row.deploymentId)!, dayOf.get(row.deploymentId)!),
    );
  }

  private async watchedAccounts(
    em: EntityManager,
    owner: Principal,
    rows: readonly DeploymentEntity[],
    now: Date,
  ): Promise<WatchedAccountDto[]> {
    const marketOf = new Map(rows.map(({ accountId, market }) => [accountId, market]));
    const accounts = await this.facts.accounts(em, owner.userId, [...marketOf.keys()]);
    const ids = accounts.map(({ accountId }) => accountId);
    const cashOf = new Map((await this.paper.of(em, ids)).map((one) => [one.accountId, one]));
    const days = accounts.flatMap(({ accountId }) => {
      const market = marketOf.get(accountId);
      return market === undefined ? [] : [{ accountId, tradingDay: calendarFor(market).tradingDate(now.getTime()) }];
    });
    const startOf = new Map((await this.facts.dayStarts(em, days)).map((one) => [one.accountId, one.startEquity]));
    return accounts.map((row) => ({
      ...accountView(row, cashOf.get(row.accountId) ?? null),
      start_equity: startOf.get(row.accountId) ?? null,
      peak_equity: row.peakEquity,
    }));
  }
}

function dayBegin(market: string, now: Date): Date {
  const calendar = calendarFor(market);
  return new Date(calendar.dateBeginMs(calendar.tradingDate(now.getTime())));
}

function watchedAnswer(
  row: DeploymentEntity,
  context: DeploymentContext,
  { strategyName, lastRun, mark, openOrders }: DeploymentFacts,
  day: DayFacts,
): WatchedDeploymentDto {
  const position = context.position ?? NO_POSITION;
  const price = mark?.price ?? null;
  const isFlat = new Decimal(position.qty).isZero();
  return {
    ...deploymentAnswer(row, context),
    strategy_name: strategyName,
    currency: context.account!.currency,
    last_run: lastRun && {
      bar_close_time: lastRun.barCloseTime.toISOString(),
      ...{ state: lastRun.state, outcome: lastRun.outcome, reason: lastRun.reason },
      finished_at: lastRun.finishedAt?.toISOString() ?? null,
    },
    mark: mark && { price: mark.price, at: mark.at.toISOString() },
    market_value: isFlat ? '0' : price && toWire(new Decimal(position.qty).times(price)),
    profit_total: isFlat || price !== null ? ownProfit(position, price) : null,
    // a replay's day is another
    profit_today: context.replay
      ? null
      : dayProfit({ qty: position.qty, mark: price, moved: day, markBefore: day.price }),
    open_orders: openOrders,
  };
}

const sum = (amounts: readonly (string | null)[]): string | null =>
  amounts.includes(null) ? null : toWire(amounts.reduce((total, one) => total.plus(one!), new Decimal(0)));

function sums(deployments: readonly WatchedDeploymentDto[]): ProfitSumDto[] {
  const trading = deployments.filter(({ replay }) => replay === undefined);
  const currencies = [...new Set(trading.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const of = trading.filter((one) => one.currency === currency);
    return { currency, today: sum(of.map((one) => one.profit_today)), total: sum(of.map((one) => one.profit_total)) };
  });
}
