/* eslint-disable @typescript-eslint/no-require-imports -- each command loads only what it needs: start-up counts */
import type { Command } from './command';

interface CatalogEntry {
  summary: string;
  load(): Command;
}

/** Every command by name; its module is loaded when it is called. */
export const CATALOG: Readonly<Record<string, CatalogEntry>> = {
  indicators: {
    summary: 'compute an indicator over the bars of a file',
    load: () => (require('./indicators') as typeof import('./indicators')).indicatorsCommand,
  },
  features: {
    summary: 'list the features that a pipeline strategy can have',
    load: () => (require('./features') as typeof import('./features')).featuresCommand,
  },
  plugins: {
    summary: 'list the features, models and kinds of signal logic that a strategy can have',
    load: () => (require('./plugins') as typeof import('./plugins')).pluginsCommand,
  },
  backtest: {
    summary: 'backtest a Strategy JSON or a template on the bars of a file',
    load: () => (require('./backtest') as typeof import('./backtest')).backtestCommand,
  },
  explain: {
    summary: 'say why a strategy stands where it does on one bar',
    load: () => (require('./explain') as typeof import('./explain')).explainCommand,
  },
  sweep: {
    summary: 'backtest a whole grid of parameters',
    load: () => (require('./sweep') as typeof import('./sweep')).sweepCommand,
  },
  'walk-forward': {
    summary: 'judge a strategy out of sample, fold after fold',
    load: () => (require('./walk-forward') as typeof import('./walk-forward')).walkForwardCommand,
  },
  cpcv: {
    summary: 'judge a strategy by combinatorial purged cross-validation, or lay its splits out',
    load: () => (require('./cpcv') as typeof import('./cpcv')).cpcvCommand,
  },
  verify: {
    summary: 'check signed evidence of a verdict, and judge it again from its bars to the same hash',
    load: () => (require('./verify') as typeof import('./verify')).verifyCommand,
  },
  keys: {
    summary: 'show the public keys that the evidence of an installation is signed with',
    load: () => (require('./keys') as typeof import('./keys')).keysCommand,
  },
  'model import': {
    summary: 'make the artifact of a strategy from the file of a model that was trained elsewhere',
    load: () => (require('./model-import') as typeof import('./model-import')).modelImportCommand,
  },
  list: {
    summary: 'list what the research service has of a kind, the newest first, or find it by its name',
    load: () => (require('./list') as typeof import('./list')).listCommand,
  },
  'trials show': {
    summary: 'say what the ledger of a strategy counts, and how many trials it amounts to',
    load: () => (require('./trials-show') as typeof import('./trials-show')).trialsShowCommand,
  },
  'trials list': {
    summary: 'list the trials of the ledger of a strategy, by filter and order',
    load: () => (require('./trials-list') as typeof import('./trials-list')).trialsListCommand,
  },
  'trials export': {
    summary: 'write the trials of the ledger of a strategy to a file of CSV or Parquet',
    load: () => (require('./trials-export') as typeof import('./trials-export')).trialsExportCommand,
  },
  'trials declare': {
    summary: 'declare how many trials of a strategy were made elsewhere, which the gates count',
    load: () => (require('./trials-declare') as typeof import('./trials-declare')).trialsDeclareCommand,
  },
  'holdout show': {
    summary: 'show the final periods that were locked for a strategy, and what each look found',
    load: () => (require('./holdout-show') as typeof import('./holdout-show')).holdoutShowCommand,
  },
  'holdout lock': {
    summary: 'lock a final period of the symbols of a strategy until one look',
    load: () => (require('./holdout-lock') as typeof import('./holdout-lock')).holdoutLockCommand,
  },
  'holdout look': {
    summary: 'look once at the locked bars of a strategy, and record what is found',
    load: () => (require('./holdout-look') as typeof import('./holdout-look')).holdoutLookCommand,
  },
  'data inspect': {
    summary: 'show what is recognised of a file of bars, what would be mended, and why it is refused',
    load: () => (require('./data-inspect') as typeof import('./data-inspect')).dataInspectCommand,
  },
  'data import': {
    summary: 'import files of bars into the research service, with progress',
    load: () => (require('./data-import') as typeof import('./data-import')).dataImportCommand,
  },
  'data list': {
    summary: 'list the series that are stored, and how fresh those with a feed are',
    load: () => (require('./data-list') as typeof import('./data-list')).dataListCommand,
  },
  'data quality': {
    summary: 'say what is wrong with the bars of a file, by the sessions of a market',
    load: () => (require('./data-quality') as typeof import('./data-quality')).dataQualityCommand,
  },
  'data profile': {
    summary: 'show what the columns of a file of bars and their returns are like',
    load: () => (require('./data-profile') as typeof import('./data-profile')).dataProfileCommand,
  },
  'data correlation': {
    summary: 'correlate the returns or closes of files of bars',
    load: () => (require('./data-correlation') as typeof import('./data-correlation')).dataCorrelationCommand,
  },
  'data resample': {
    summary: 'put the bars of a file together to longer ones, aligned with the sessions of a market',
    load: () => (require('./data-resample') as typeof import('./data-resample')).dataResampleCommand,
  },
  'data bars': {
    summary: 'make bars of a file of trades, by time, number of trades, volume or traded value',
    load: () => (require('./data-bars') as typeof import('./data-bars')).dataBarsCommand,
  },
  'data adjust': {
    summary: 'take splits and dividends out of the raw prices of a file',
    load: () => (require('./data-adjust') as typeof import('./data-adjust')).dataAdjustCommand,
  },
  'data sample': {
    summary: 'write bars to try things on: real ones of an index and a share, and made-up markets',
    load: () => (require('./data-sample') as typeof import('./data-sample')).dataSampleCommand,
  },
  'data actions add': {
    summary: 'declare splits and dividends of a symbol to the research service',
    load: () => (require('./data-actions-add') as typeof import('./data-actions-add')).dataActionsAddCommand,
  },
  'data actions import': {
    summary: 'declare the splits and dividends of a file to the research service',
    load: () => (require('./data-actions-import') as typeof import('./data-actions-import')).dataActionsImportCommand,
  },
  'data actions list': {
    summary: 'list the splits and dividends that were declared to the research service',
    load: () => (require('./data-actions-list') as typeof import('./data-actions-list')).dataActionsListCommand,
  },
  'data actions remove': {
    summary: 'take a declared split or dividend back',
    load: () => (require('./data-actions-remove') as typeof import('./data-actions-remove')).dataActionsRemoveCommand,
  },
  'data observations import': {
    summary: 'import external series, such as macro figures, with the time since when each value is known',
    load: () =>
      (require('./data-observations-import') as typeof import('./data-observations-import'))
        .dataObservationsImportCommand,
  },
  'data observations list': {
    summary: 'list the external series of the research service, or what was known of one at a time',
    load: () =>
      (require('./data-observations-list') as typeof import('./data-observations-list')).dataObservationsListCommand,
  },
  'data join': {
    summary: 'put external series beside stored bars, as they were known at each close',
    load: () => (require('./data-join') as typeof import('./data-join')).dataJoinCommand,
  },
  'data news import': {
    summary: 'import news from CSV, JSON, RSS or Atom into the research service',
    load: () => (require('./data-news-import') as typeof import('./data-news-import')).dataNewsImportCommand,
  },
  'data news list': {
    summary: 'list news of the research service, also as it was known at a time',
    load: () => (require('./data-news-list') as typeof import('./data-news-list')).dataNewsListCommand,
  },
  'data news score': {
    summary: 'show the tone of news, or put it beside the bars of a file as columns',
    load: () => (require('./data-news-score') as typeof import('./data-news-score')).dataNewsScoreCommand,
  },
  'data export': {
    summary: 'write stored bars of the research service to a file of CSV or Parquet',
    load: () => (require('./data-export') as typeof import('./data-export')).dataExportCommand,
  },
  'data refresh': {
    summary: 'refresh series of the research service from their feeds now',
    load: () => (require('./data-refresh') as typeof import('./data-refresh')).dataRefreshCommand,
  },
  'export backtest': {
    summary:
      'write the equity curve, trades, drawdowns, returns by month, rolling figures or signals of a backtest to a file',
    load: () => (require('./export-backtest') as typeof import('./export-backtest')).exportBacktestCommand,
  },
  'export deployment': {
    summary: 'write the trades, signals, runs, orders or fills of a deployment to a file',
    load: () => (require('./export-deployment') as typeof import('./export-deployment')).exportDeploymentCommand,
  },
  'export evidence': {
    summary: 'write the signed evidence of a verdict to a file, which assay verify checks without any service',
    load: () => (require('./export-evidence') as typeof import('./export-evidence')).exportEvidenceCommand,
  },
  'export model': {
    summary: 'write how the newest fit of a model was judged, fold by fold, to a file',
    load: () => (require('./export-model') as typeof import('./export-model')).exportModelCommand,
  },
  'export validation': {
    summary: 'write the verdicts on a strategy with all that they rest on to a file, as a page or as JSON',
    load: () => (require('./export-validation') as typeof import('./export-validation')).exportValidationCommand,
  },
  report: {
    summary: 'write the report of a backtest, or of the verdicts on a strategy, to a file, as a page or as JSON',
    load: () => (require('./report') as typeof import('./report')).reportCommand,
  },
  'sign-in': {
    summary: 'make a link that signs in to the pages in a browser, once',
    load: () => (require('./sign-in') as typeof import('./sign-in')).signInCommand,
  },
  api: {
    summary: 'ask a running service anything that its API answers, and wait for jobs',
    load: () => (require('./api') as typeof import('./api')).apiCommand,
  },
  metrics: {
    summary: 'compute performance metrics from a CSV file of returns',
    load: () => (require('./metrics') as typeof import('./metrics')).metricsCommand,
  },
};
