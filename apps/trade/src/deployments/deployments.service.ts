import type { StrategyDocument } from '@assay/contracts';
import { parseDeploymentDocument } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { Outbox, Transactions } from '@assay/persistence';
import type { Principal } from '@assay/platform';
import { Decimal, notFound, refuse } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DeploymentAccount } from '../accounts/deployment-account';
import { SeriesStore } from '../bars/series-store';
import { FlattenService } from '../execution/flatten.service';
import type { AccountEntity } from '../records/accounts/account.entity';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { DeploymentStore } from '../records/deployments/deployment.store';
import type { ReplayEntity } from '../records/deployments/replay.entity';
import { ReplayStore } from '../records/deployments/replay.store';
import { LogStore } from '../records/logs/log.store';
import { ReferenceDataStore } from '../records/reference-data/reference-data.store';
import { StrategyStore } from '../records/strategies/strategy.store';
import { deploymentSchema } from './deployment-schema';
import { ReplayCheck } from '../replay/replay-check';
import { planReplay } from '../replay/replay-plan';
import { tradeAnswer } from './trade-answer';
import { nextRunMs } from '../schedules/next-run';
import { RunScheduler } from '../schedules/run-scheduler';
import { Attestations } from '../strategies/attestations';
import { OwnStrategies } from '../strategies/own-strategies';
import { StrategyDocuments } from '../strategies/strategy-documents';
import { auditDeployment } from './audit-deployment';
import { DeployWarnings, syntheticWarnings } from './deploy-warnings';
import { deploymentAnswer } from './deployment-answer';
import { bindSeries, marketOf, planDeployment, tradedSource } from './deployment-plan';
import type { DeploymentListQueryDto } from './deployment.request';
import type { DeploymentDetailDto, DeploymentDto, DeploymentPageDto } from './deployment.response';
import { LiveGuard } from './live-guard';
import { OwnDeployments } from './own-deployments';
import { publishChange } from './publish-change';
import { canGoShort } from './short-exposure';

/** Rows of the execution log that come with a deployment, newest first. */
const RECENT_TRADES = 20;

@Injectable()
export class DeploymentsService {
  constructor(
    private readonly tx: Transactions,
    private readonly outbox: Outbox,
    private readonly scheduler: RunScheduler,
    private readonly series: SeriesStore,
    private readonly replayCheck: ReplayCheck,
    private readonly live: LiveGuard,
    private readonly warnings: DeployWarnings,
    private readonly own: OwnDeployments,
    private readonly ownStrategies: OwnStrategies,
    private readonly attestations: Attestations,
    private readonly documents: StrategyDocuments,
    private readonly account: DeploymentAccount,
    private readonly deployments: DeploymentStore,
    private readonly replays: ReplayStore,
    private readonly strategies: StrategyStore,
    private readonly referenceData: ReferenceDataStore,
    private readonly logs: LogStore,
    private readonly flattening: FlattenService,
  ) {}

  /** Deploys a strategy: paper starts at once, live waits as `created` for its confirmation. */
  async create(owner: Principal, body: unknown): Promise<DeploymentDto> {
    const document = parseDeploymentDocument(body, { schema: deploymentSchema });
    return this.tx.run(async (em) => {
      const strategy = await this.ownStrategies.deployable(em, owner, document.strategy_id);
      if (!strategy.active) {
        const { strategyId } = strategy;
        throw refuse('not_deployable', `strategy ${strategyId} is inactive`, { strategy_id: strategyId });
      }
      const evidence = await this.strategies.standingEvidence(em, strategy.strategyId, strategy.revision);
      await this.attestations.checkStored(em, strategy, evidence);
      const market = marketOf(document, strategy);
      const mappings = await this.referenceData.mappingsAt(em, document.broker, market);
      const mapped = mappings.filter((one) => one.brokerTicker === document.ticker).map((one) => one.dataTicker);
      const config = await this.documents.of(em, strategy, document.ticker, mapped);
      const plan = planDeployment(document, strategy, config, mappings);
      const { fields } = plan;
      const deploymentId = document.deployment_id ?? newId();
      await this.refuseTaken(em, owner, deploymentId);
      const anchor = config.kind === 'pipeline' ? config.history_anchor : undefined;
      fields.dataSource = tradedSource(document, fields, anchor, evidence?.evidence);
      const info = await this.series.find(fields.dataSymbol, fields.timeframe, fields.dataSource ?? undefined);
      if (info && anchor?.fingerprint) await this.series.checkAnchor(info, anchor);
      bindSeries(fields, info, anchor);
      if (!fields.paper) this.live.refuseUnproven(owner, document.broker, strategy, evidence, info);
      const replay = document.replay ? planReplay(document.replay, info) : null;
      if (!info) throw noBarsOf(fields);
      if (replay) await this.replayCheck.sessions(fields, config, info, replay);
      fields.warnings.push(...(await this.warnings.found(em, fields, config, info)));
      fields.warnings.push(...syntheticWarnings(evidence, info));
      const account = await this.account.find(
        em,
        owner,
        document,
        plan.currency,
        replay && { deploymentId, feeBps: costBps(config) },
      );
      refuseShortOnCash(account, config);
      this.live.refuseUntakenOrders(account, config);

      const now = new Date();
      const calendar = calendarFor(fields.market);
      const next =
        replay || !fields.paper ? null : nextRunMs(fields.schedule, fields.timeframe, calendar, now.getTime());
      const row: DeploymentEntity = {
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
      };
      // Asked before anything is made, and again by the insert: somebody may have taken the id meanwhile.
      if (!(await this.deployments.add(em, row))) await this.refuseTaken(em, owner, deploymentId);
      const size = { ...(row.qty && { qty: row.qty }), ...(row.capital && { capital: row.capital }) };
      const days = document.replay && { replay: `${document.replay.start} to ${document.replay.end}` };
      const idle = row.enabled ? {} : { enabled: false };
      const facts = { ...size, ...days, ...idle, account_id: account.accountId };
      await auditDeployment(em, owner.userId, 'created', row, facts);
      const started: ReplayEntity | null = replay && { deploymentId, ...replay };
      if (started) await this.replays.add(em, started);
      if (started) await this.scheduler.replay(em, row, deploymentId);
      else await this.scheduler.plan(em, row);
      const challenge = fields.paper ? null : await this.live.challenge(em, row, 'activate', {});
      if (fields.paper) await publishChange(em, this.outbox, 'deployment.started', row, null);
      return deploymentAnswer(row, { ...(await this.own.context(em, row)), challenge });
    });
  }

  list(owner: Principal, query: DeploymentListQueryDto): Promise<DeploymentPageDto> {
    return this.tx.run(async (em) => {
      const { rows, next_cursor } = await this.deployments.page(em, owner.userId, query.status, query);
      const contexts = await this.own.contexts(em, rows);
      return { items: rows.map((row, i) => deploymentAnswer(row, contexts[i]!)), next_cursor };
    });
  }

  async get(owner: Principal, deploymentId: string): Promise<DeploymentDetailDto> {
    return this.tx.run(async (em) => {
      const row = await this.own.get(em, owner, deploymentId);
      const recent = await this.logs.newest(em, deploymentId, RECENT_TRADES);
      const count = await this.logs.count(em, deploymentId);
      const answer = deploymentAnswer(row, await this.own.context(em, row));
      const refusal = await this.flattening.refusal(em, row);
      return { ...answer, recent_trades: recent.map(tradeAnswer), trade_count: count, flatten_refusal: refusal };
    });
  }

  private async refuseTaken(em: EntityManager, owner: Principal, deploymentId: string): Promise<void> {
    const taken = await this.deployments.find(em, deploymentId);
    if (!taken) return;
    if (taken.ownerId !== owner.userId) throw notFound('deployment', deploymentId);
    throw refuse('already_exists', `deployment ${deploymentId} exists already`, { deployment_id: deploymentId });
  }
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
