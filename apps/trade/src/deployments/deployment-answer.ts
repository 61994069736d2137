import type { Warning } from '@assay/contracts';
import { calendarFor } from '@assay/market-data/calendars';
import type { AccountEntity } from '../records/accounts/account.entity';
import type { PositionEntity } from '../records/positions/position.entity';
import type { RestingState } from '../records/runs/resting-order';
import type { ReplayEntity } from '../records/deployments/replay.entity';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';

import { restingAnswer } from './resting-answer';
import { staleBars } from './stale-bars';
import type { DeploymentDto } from './deployment.response';

export interface DeploymentContext {
  account: AccountEntity | null;
  position: PositionEntity | null;
  replay: ReplayEntity | null;
  /** Its state where an entry order rests in it. */
  resting?: RestingState | null;
  /** Open of the newest stored bar of its series. */
  newestBar?: Date | null;
  /** Sent once, with the answer that asks for it. */
  challenge?: { challenge: string; expires_at: string; purpose: string } | null;
}

/** Wire form: the deployment document as it is in force, with the four facts of its state. */
export function deploymentAnswer(row: DeploymentEntity, context: DeploymentContext): DeploymentDto {
  const { account, position, replay, challenge } = context;
  return {
    deployment_id: row.deploymentId,
    strategy_id: row.strategyId,
    strategy_revision: row.strategyRevision,
    config_hash: row.configHash,
    artifact_sha256: row.artifactSha256,
    evidence_id: row.evidenceId,
    portfolio: row.portfolio,
    user: row.userLabel,
    broker: row.broker,
    ticker: row.ticker,
    data_symbol: row.dataSymbol,
    history_anchor:
      row.dataSource === null
        ? null
        : {
            source: row.dataSource,
            adjustment: row.adjustment,
            first_bar: row.firstBar?.toISOString() ?? null,
          },
    timeframe: row.timeframe,
    ...(row.qty === null ? {} : { qty: row.qty }),
    ...(row.capital === null ? {} : { sizing: { capital: row.capital } }),
    paper: row.paper,
    market: row.market,
    schedule: row.schedule,
    enabled: row.enabled,
    status: row.status,
    sync: row.sync,
    sync_reason: row.syncReason,
    trading_state: account?.tradingState ?? null,
    risk_limits: row.riskLimits,
    account_id: row.accountId,
    join: row.joinRule,
    rebalance_band: Number(row.rebalanceBand),
    warnings: [...row.warnings, ...calendarWarnings(row)],
    next_run_at: row.nextRunAt?.toISOString() ?? null,
    position: {
      symbol: row.ticker,
      qty: position?.qty ?? '0',
      average_price: position?.averagePrice ?? null,
      realised_pnl: position?.realisedPnl ?? '0',
      fees: position?.fees ?? '0',
    },
    resting_entry: restingAnswer(row, context.resting ?? null, position),
    stale_bars: replay ? null : staleBars(row, context.newestBar ?? null, Date.now()),
    ...(replay && {
      replay: {
        state: replay.state,
        start: replay.startDate,
        end: replay.endDate,
        sessions_total: replay.sessionsTotal,
        sessions_done: replay.sessionsDone,
        at: replay.clockAt?.toISOString() ?? null,
        error: replay.error,
      },
    }),
    ...(challenge && { challenge }),
    version: row.version,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

/** Asked anew at every answer: a deployment outlives the table it was made under. */
function calendarWarnings({ market, nextRunAt }: Pick<DeploymentEntity, 'market' | 'nextRunAt'>): Warning[] {
  const calendar = calendarFor(market);
  const warning = calendar.endWarning(calendar.tradingDate(Math.max(Date.now(), nextRunAt?.getTime() ?? 0)));
  return warning ? [warning] : [];
}
