import type { Migration } from './migration';
import { migration as ops } from './0001-ops';
import { migration as events } from './0002-events';
import { migration as portfolio } from './0003-portfolio';
import { migration as jobShards } from './0004-job-shards';
import { migration as tokenRevocation } from './0005-token-revocation';
import { migration as keys } from './0006-keys';
import { migration as jobExecutions } from './0007-job-executions';
import { migration as attempts } from './0008-attempts';
import { migration as researchDefinitions } from './0010-research-definitions';
import { migration as researchRuns } from './0011-research-runs';
import { migration as researchPromotion } from './0012-research-promotion';
import { migration as trialAxes } from './0013-trial-axes';
import { migration as backtestBasis } from './0015-backtest-basis';
import { migration as bt } from './0020-bt';
import { migration as tradeDeployments } from './0021-trade-deployments';
import { migration as tradeExecution } from './0022-trade-execution';
import { migration as refdata } from './0023-refdata';
import { migration as paper } from './0024-paper';
import { migration as flattenRequest } from './0025-flatten-request';
import { migration as cashHolds } from './0026-cash-holds';
import { migration as sendFence } from './0027-send-fence';
import { migration as runSettlement } from './0028-run-settlement';
import { migration as market } from './0030-market';
import { migration as marketAdjusted } from './0031-market-adjusted';
import { migration as corrections } from './0039-corrections';
import { migration as revisionSource } from './0040-revision-source';
import { migration as feeds } from './0043-feeds';
import { migration as corporateActions } from './0044-corporate-actions';
import { migration as observations } from './0046-observations';
import { migration as news } from './0047-news';
import { migration as qualityNewest } from './0048-quality-newest';
import { migration as analyzeBars } from './0049-analyze-bars';
import { migration as qualityNamed } from './0050-quality-named';
import { migration as modelTraining } from './0051-model-training';
import { migration as strategyLevels } from './0052-strategy-levels';
import { migration as backtestCosts } from './0053-backtest-costs';
import { migration as annotations } from './0054-annotations';
import { migration as signInCodes } from './0056-sign-in-codes';
import { migration as changeNotices } from './0057-change-notices';
import { migration as modelFolds } from './0058-model-folds';
import { migration as jobAbout } from './0059-job-about';
import { migration as limitOrders } from './0060-limit-orders';
import { migration as outsideTrials } from './0061-outside-trials';
import { migration as signingKeys } from './0062-signing-keys';
import { migration as holdouts } from './0063-holdouts';
import { migration as attestations } from './0064-attestations';

export type { Migration } from './migration';

/**
 * Every migration in the order in which it was added, which is the order in which a fresh and an upgraded database apply it. A new one is
 * appended, with the next free number from 0040 on; the numbers below were given by owner (0001 platform, 0010 research, 0020 trade, 0030
 * market) and say nothing about the order.
 */
export const migrations: readonly Migration[] = [
  ops,
  events,
  portfolio,
  researchDefinitions,
  researchRuns,
  researchPromotion,
  bt,
  tradeDeployments,
  tradeExecution,
  refdata,
  paper,
  market,
  tokenRevocation,
  flattenRequest,
  jobShards,
  trialAxes,
  attempts,
  cashHolds,
  sendFence,
  backtestBasis,
  keys,
  runSettlement,
  marketAdjusted,
  jobExecutions,
  corrections,
  revisionSource,
  feeds,
  corporateActions,
  observations,
  news,
  qualityNewest,
  analyzeBars,
  qualityNamed,
  modelTraining,
  strategyLevels,
  backtestCosts,
  annotations,
  signInCodes,
  changeNotices,
  modelFolds,
  jobAbout,
  limitOrders,
  outsideTrials,
  signingKeys,
  holdouts,
  attestations,
];
