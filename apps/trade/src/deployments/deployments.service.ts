import type { DeploymentDocument, StrategyDocument } from '@assay/contracts';
import { parseDeploymentDocument } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { insertNew, Outbox, Transactions } from '@assay/persistence';
import type { Principal } from '@assay/platform';
import { Decimal, newId, notFound, refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { AccountEntity } from '../records/accounts/account.entity';
import { accountFor } from '../accounts/account-for';
import { SeriesStore } from '../bars/series-store';
import { PositionEntity } from '../records/positions/position.entity';
import { LiveGuard } from './live-guard';
import { TickerMappingEntity } from '../records/reference-data/ticker-mapping.entity';
import { ReplayEntity } from '../records/deployments/replay.entity';
import { planReplay } from '../replay/replay-plan';
import { tradeAnswer } from '../runs/trade-answer';
import { TradeLogEntity } from '../records/logs/trade-log.entity';
import { nextRunMs } from '../schedules/next-run';
import { RunScheduler } from '../schedules/run-scheduler';
import { EvidenceEntity } from '../records/strategies/evidence.entity';
import { documentFor } from '../strategies/document-for';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import { ownRevision } from '../strategies/strategies.service';
import { BROKERS } from '../reference-data/brokers';
import { DeployWarnings, syntheticWarnings } from './deploy-warnings';
import { canGoShort } from './short-exposure';
import type { DeploymentContext } from './deployment-answer';
import { deploymentAnswer } from './deployment-answer';
import type { DeploymentListQueryDto } from './deployment.request';
import { timePage, type Page } from '../listing/time-page';
import { bindSeries, marketOf, planDeployment } from './deployment-plan';
import { DeploymentEntity } from '../records/deployments/deployment.entity';
import { MARKETS } from '../reference-data/market';

/** Rows of the execution log that come with a deployment, newest first. */
const RECENT_TRADES = 20;

@Injectable()
export class DeploymentsService {
  constructor(
    private readonly tx: Transactions,
    private readonly outbox: Outbox,
    private readonly scheduler: RunScheduler,
    private readonly series: SeriesStore,
    private readonly live: LiveGuard,
    private readonly warnings: DeployWarnings,
  ) {}

  /** Deploys a strategy: paper starts at once, live waits as `created` for its confirmation. */
  async create(owner: Principal, body: unknown): Promise<object> {
    const { document, warnings } = parseDeploymentDocument(body, { brokers: BROKERS, markets: Object.keys(MARKETS) });
    return this.tx.run(async (em) => {
      const strategy = await ownRevision(em, owner, document.strategy_id);
      const config = await deployable(em, strategy, document.ticker);
      const plan = planDeployment(document, strategy, config, await this.mappings(em, document, strategy));
      const { fields } = plan;
      fields.warnings.unshift(...warnings);
      const deploymentId = document.deployment_id ?? newId();
      await refuseTaken(em, owner, deploymentId);
      const anchor = config.kind === 'pipeline' ? config.history_anchor : undefined;
      const info = await this.series.find(fields.dataSymbol, fields.timeframe, fields.dataSource ?? undefined);
      if (info && anchor?.fingerprint) await this.series.checkAnchor(info, anchor);
      bindSeries(fields, info, anchor);
      const evidence = await newestEvidence(em, strategy);
      if (!fields.paper) this.live.refuseUnproven(owner, document.broker, strategy, evidence, info);
      const replay = document.replay ? planReplay(document.replay, info) : null;
      if (!info) throw noBarsOf(fields);
      fields.warnings.push(...(await this.warnings.found(em, fields, config, info)));
      fields.warnings.push(...syntheticWarnings(evidence, info));
      const account = await accountFor(
        em,
        owner,
        document,
        plan.currency,
        replay && { deploymentId, feeBps: costBps(config) },
      );
      refuseShortOnCash(account, config);

      const now = new Date();
      const calendar = calendarFor(fields.market);
      const next =
        replay || !fields.paper ? null : nextRunMs(fields.schedule, fields.timeframe, calendar, now.getTime());
      const row = em.create(DeploymentEntity, {
        ...fields,
        deploymentId,
        ownerId: owner.userId,
        accountId: account.accountId,
        evidenceId: evidence?.evidenceId ?? null,
        status: fields.paper ? 'active' : 'created',
        nextRunAt: next === null ? null : new Date(next),
        version: 1,
        createdAt: now,
        updatedAt: now,
      });
      // Asked before anything is made, and again by the insert: somebody may have taken the id meanwhile.
      if (!(await insertNew(em, DeploymentEntity, row))) await refuseTaken(em, owner, deploymentId);
      const started = replay && (await em.save(em.create(ReplayEntity, { deploymentId, ...replay })));
      if (started) await this.scheduler.replay(em, row, deploymentId);
      else await this.scheduler.plan(em, row);
      const challenge = fields.paper ? null : await this.live.challenge(em, row, 'activate', {});
      if (fields.paper) await publishChange(em, this.outbox, 'deployment.started', row, null);
      return deploymentAnswer(row, { account, position: null, replay: started, challenge });
    });
  }

  list(owner: Principal, query: DeploymentListQueryDto): Promise<Page> {
    const { status } = query;
    return this.tx.run(async (em) => {
      const own = em.createQueryBuilder(DeploymentEntity, 'r').where('r.ownerId = :owner', { owner: owner.userId });
      if (status === undefined) own.andWhere(`r.status <> 'stopped'`);
      else if (status !== 'all') own.andWhere('r.status = :status', { status });
      const { rows, next_cursor } = await timePage(own, { time: 'createdAt', id: 'deploymentId' }, query);
      const contexts = await contextsOf(em, rows);
      return { items: rows.map((row, i) => deploymentAnswer(row, contexts[i]!)), next_cursor };
    });
  }

  async get(owner: Principal, deploymentId: string): Promise<Record<string, unknown>> {
    return this.tx.run(async (em) => {
      const row = await ownDeployment(em, owner, deploymentId);
      const recent = await em.find(TradeLogEntity, {
        where: { deploymentId },
        order: { timestamp: 'DESC', logId: 'DESC' },
        take: RECENT_TRADES,
      });
      return { ...deploymentAnswer(row, await contextOf(em, row)), recent_trades: recent.map(tradeAnswer) };
    });
  }

  private async mappings(em: EntityManager, document: DeploymentDocument, strategy: StrategyEntity) {
    const market = marketOf(document, strategy);
    return em.find(TickerMappingEntity, { where: { broker: document.broker, market } });
  }
}

async function refuseTaken(em: EntityManager, owner: Principal, deploymentId: string): Promise<void> {
  const taken = await em.findOneBy(DeploymentEntity, { deploymentId });
  if (!taken) return;
  if (taken.ownerId !== owner.userId) throw notFound('deployment', deploymentId);
  throw refuse('already_exists', `deployment ${deploymentId} exists already`, { deployment_id: deploymentId });
}

/** Every run would be HOLD; whoever deploys before the import has mistaken the symbol more often than not. */
function noBarsOf({
  timeframe,
  dataSymbol,
  dataSource,
}: Pick<DeploymentEntity, 'timeframe' | 'dataSymbol' | 'dataSource'>) {
  const from = dataSource === null ? '' : ` from ${dataSource}`;
  const message = `no ${timeframe} bars of ${dataSymbol}${from} are stored: import them first, or name the ticker they are stored under`;
  return refuse('insufficient_data', message, { data_symbol: dataSymbol, timeframe, source: dataSource });
}

/** The document to trade, after proof that it is still the content that was hashed. */
async function deployable(em: EntityManager, strategy: StrategyEntity, ticker: string): Promise<StrategyDocument> {
  if (!strategy.active) {
    throw refuse('not_deployable', `strategy ${strategy.strategyId} is inactive`, { strategy_id: strategy.strategyId });
  }
  return documentFor(em, strategy, ticker);
}

export async function newestEvidence(em: EntityManager, strategy: StrategyEntity): Promise<EvidenceEntity | null> {
  const rows = await em.find(EvidenceEntity, {
    where: { strategyId: strategy.strategyId, revision: strategy.revision },
    order: { receivedAt: 'DESC' },
  });
  return rows.find((row) => row.demotedAt === null) ?? null;
}

/** What the strategy was tested to pay on each side, in basis points; undefined where its document says nothing. */
function costBps(config: StrategyDocument): string | undefined {
  if (config.kind !== 'pipeline') return undefined;
  const { fee_bps: fee, slippage_bps: slippage, spread_bps: spread } = config.costs;
  return new Decimal(fee).plus(slippage).plus(new Decimal(spread).div(2)).toFixed();
}

function refuseShortOnCash(account: AccountEntity, config: StrategyDocument): void {
  if (account.canShort || !canGoShort(config)) return;
  throw refuse('short_not_supported', 'the strategy can be short and the account may only hold what it has paid for', {
    account_id: account.accountId,
    broker: account.broker,
  });
}

/** A deployment of the caller, else 404. `lock` holds the row for the rest of the transaction. */
export async function ownDeployment(
  em: EntityManager,
  owner: Principal,
  deploymentId: string,
  lock = false,
): Promise<DeploymentEntity> {
  const row = await em.findOne(DeploymentEntity, {
    where: { deploymentId },
    ...(lock ? { lock: { mode: 'pessimistic_write' as const } } : {}),
  });
  if (!row || row.ownerId !== owner.userId) throw notFound('deployment', deploymentId);
  return row;
}

export const contextOf = async (em: EntityManager, row: DeploymentEntity): Promise<DeploymentContext> =>
  (await contextsOf(em, [row]))[0]!;

/** What deployments are shown with, by three questions however many they are. */
async function contextsOf(em: EntityManager, rows: readonly DeploymentEntity[]): Promise<DeploymentContext[]> {
  if (rows.length === 0) return [];
  const deploymentId = In(rows.map((row) => row.deploymentId));
  const accounts = await em.findBy(AccountEntity, { accountId: In([...new Set(rows.map((row) => row.accountId))]) });
  const positions = await em.findBy(PositionEntity, { deploymentId });
  const replays = await em.findBy(ReplayEntity, { deploymentId });
  const accountOf = new Map(accounts.map((one) => [one.accountId, one]));
  const positionOf = new Map(positions.map((one) => [one.deploymentId, one]));
  const replayOf = new Map(replays.map((one) => [one.deploymentId, one]));
  return rows.map((row) => ({
    account: accountOf.get(row.accountId) ?? null,
    position: positionOf.get(row.deploymentId) ?? null,
    replay: replayOf.get(row.deploymentId) ?? null,
  }));
}

export async function publishChange(
  em: EntityManager,
  outbox: Outbox,
  type: 'deployment.started' | 'deployment.stopped' | 'deployment.paused',
  row: DeploymentEntity,
  reason: string | null,
): Promise<void> {
  await outbox.publish(em, {
    type,
    aggregateId: row.deploymentId,
    data: {
      deployment_id: row.deploymentId,
      strategy_id: row.strategyId,
      owner_id: row.ownerId,
      paper: row.paper,
      reason,
    },
  });
}
