import { calendarFor } from '@assay/calendars';
import type {
  ExplainedBar,
  IntervalsDocument,
  MonteCarloDocument,
  StrategyDocument,
  StressDocument,
  UniverseDocument,
  Warning,
} from '@assay/contracts';
import {
  evaluateBatch,
  modelPlanOf,
  neverFires,
  panelTimes,
  type BarColumns,
  type Calendar,
  type Decision,
  type EvaluatorState,
} from '@assay/domain';
import type { ReportProgress, TaskHandlers } from '@assay/compute';
import { sweepTemplate, type ProtectiveLevels, type TimedReturns } from '@assay/quant';
import { ledgerContents, makeRecord, type Contents, type JudgedInputs, type MadeRecord } from '../evidence';
import { runBacktest, type BacktestInput, type BacktestOutcome } from '../backtest';
import { partsFor, prepareStrategy, warmUpEvaluator } from '../evaluator';
import { featureColumns } from '../features';
import { explainStrategy, type ExplainInput } from '../explain';
import { returnIntervals, type ReturnIntervalsInput } from '../intervals';
import { monteCarlo, stressBacktest, type MonteCarloInput } from '../robustness';
import { StageCache } from '../stages';
import { fitModel, importModel, type FittedModel, type StatedTraining } from '../models';
import {
  chosenOf,
  scoreDocumentList,
  searchPlan,
  sweepStrategy,
  type ChosenInput,
  type DocumentScores,
  type ScoreDocumentsInput,
  type SearchPlan,
  type StrategySweep,
  type StrategySweepInput,
  type WalkForwardSearchOutcome,
} from '../sweep';
import {
  runUniverseBacktest,
  sweepUniverse,
  universeCpcv,
  universeGates,
  universeWalkForward,
  type OnPanel,
  type UniverseGatesInput,
  type UniverseInput,
  type UniverseOutcome,
  type UniverseSweep,
  type UniverseSweepInput,
} from '../universe';
import {
  buildGateEvidence,
  effectiveOfLedger,
  ledgerSeries,
  runCpcv,
  runWalkForward,
  type CpcvInput,
  type CpcvOutcome,
  type GateEvidenceInput,
  type GateEvidenceOutcome,
  type LedgerSize,
  type TrialSeries,
  type WalkForwardInput,
  type WalkForwardOutcome,
} from '../validation';

export interface FitModelTask {
  document: StrategyDocument;
  bars: BarColumns;
  /** Half-open bar range of the fit; default: all bars. */
  train?: [number, number];
  /** In how many folds of it the model is judged out of sample; default 0. */
  folds?: number;
  /** Most threads of the fit, default 1; the artifact is the same on any number. */
  threads?: number;
}

export interface FeaturesTask {
  document: StrategyDocument;
  bars: BarColumns;
}

/** Feature columns in the order of the document. */
export interface FeaturesResult {
  names: string[];
  columns: Float64Array[];
}

/** Fits the document's model on a range of bars. */
export function fitModelOf({
  document,
  bars,
  train = [0, bars.close.length],
  folds,
  threads,
}: FitModelTask): FittedModel {
  const { rowSource } = prepareStrategy(document, bars);
  return fitModel(modelPlanOf(document), { ...rowSource, openTimeMs: bars.openTimeMs }, train, folds, threads);
}

export interface ImportModelTask {
  document: StrategyDocument;
  file: Uint8Array;
  stated: StatedTraining;
}

/** The artifact of a model that was trained elsewhere, for the document's inputs. */
export const importModelOf = ({ document, file, stated }: ImportModelTask): FittedModel =>
  importModel(modelPlanOf(document), file, stated);

export function featuresOf({ document, bars }: FeaturesTask): FeaturesResult {
  if (document.kind !== 'pipeline') return { names: [], columns: [] };
  return {
    names: document.features.map(({ name }) => name),
    columns: featureColumns(document.features, bars, new StageCache()).map(({ column }) => column.slice()),
  };
}

export interface WarmUpTask {
  document: StrategyDocument;
  artifact: Uint8Array | null;
  bars: BarColumns;
}

export interface WarmUpResult {
  state: EvaluatorState;
  /** What was said of the last bar; null without bars. */
  last: Decision | null;
  /** Stop and target in force after the last bar. */
  levels: ProtectiveLevels | null;
}

/** The state that live continues from, see `warmUpEvaluator`; a model may be fitted many times on the way. */
export function warmUpOf({ document, artifact, bars }: WarmUpTask): WarmUpResult {
  let last: Decision | null = null;
  const evaluator = warmUpEvaluator(document, artifact, bars, (decision) => (last = decision));
  return { state: evaluator.save(), last, levels: evaluator.levels() };
}

/** A `never_fires` warning for each threshold that no bar reaches, with the artifact's predictions where there is one. */
export function neverFiresOn({ document, artifact, bars }: WarmUpTask): Warning[] {
  const parts = partsFor(document, artifact);
  return neverFires(document, parts, evaluateBatch(document, parts, bars), bars);
}

export interface EvidenceRecordTask {
  inputs: JudgedInputs;
  outcome: GateEvidenceOutcome;
}

/** Some trials, and the addresses that a record has of their returns. */
export interface LedgerContentsTask {
  addresses: readonly string[];
  trials: readonly Pick<TrialSeries, 'returns'>[];
}

type SweepTemplateArguments = Parameters<typeof sweepTemplate>;
export interface SweepTemplateTask {
  template: SweepTemplateArguments[0];
  closes: SweepTemplateArguments[1];
  grid: SweepTemplateArguments[2];
  options: SweepTemplateArguments[3];
}

/** The parts of a sweep that a thread takes one after the other have almost everything in common. */
const stages = new StageCache();

/** Weeks, months and sessions of a universe are those of its market. */
const onCalendar = <T extends { document: UniverseDocument }>(input: T): T & { calendar: Calendar } => ({
  ...input,
  calendar: calendarFor(input.document.market),
});
export type WithoutCalendar<T> = Omit<T, 'calendar'>;

/** Of a run over a universe what is kept: neither the panel nor the weights of every symbol at every bar. */
export interface UniverseRun extends Omit<UniverseOutcome, 'panel' | 'evaluation' | 'full'> {
  openTimeMs: Float64Array;
  /** Returns of the whole history, for the ledger. */
  allReturns: Float64Array;
}

function universeRun(input: WithoutCalendar<UniverseInput>): UniverseRun {
  const { panel, evaluation: _, full, ...kept } = runUniverseBacktest(onCalendar(input));
  return { ...kept, openTimeMs: panel.openTimeMs, allReturns: full.returns };
}

/** Everything heavy, by the name under which worker threads serve it. */
export const pipelineTasks = {
  backtest: (input: BacktestInput): BacktestOutcome => runBacktest(input),
  walkForward: (input: WalkForwardInput, report: ReportProgress): WalkForwardOutcome => runWalkForward(input, report),
  cpcv: (input: CpcvInput, report: ReportProgress): CpcvOutcome => runCpcv(input, report),
  gates: (input: GateEvidenceInput, report: ReportProgress): GateEvidenceOutcome => buildGateEvidence(input, report),
  /** Hashes all bars and trials, and packs what the record refers to but the trials' returns. */
  evidenceRecord: ({ inputs, outcome }: EvidenceRecordTask): MadeRecord => makeRecord(inputs, outcome),
  ledgerContents: ({ addresses, trials }: LedgerContentsTask): Contents => ledgerContents(addresses, trials),
  sweepStrategy: (input: StrategySweepInput, report: ReportProgress): StrategySweep =>
    sweepStrategy(input, report, stages.forBars(input.bars)),
  /** Where the windows of a search lie, once all its cells are checked. */
  searchPlan: (input: Parameters<typeof searchPlan>[0]): SearchPlan => searchPlan(input),
  /** What is chosen in each window by the figures of all cells, and what came of it. */
  chooseInFolds: (input: ChosenInput): WalkForwardSearchOutcome => chosenOf(input, stages.forBars(input.bars)),
  /** Many documents over the same bars, such as the candidates of a search. */
  scoreDocuments: (input: ScoreDocumentsInput, report: ReportProgress): DocumentScores =>
    scoreDocumentList(input, report, stages.forBars(input.bars)),
  ledgerSeries: (input: Parameters<typeof ledgerSeries>[0]): TrialSeries => ledgerSeries(input),
  ledgerSize: ({ trials }: { trials: readonly TimedReturns[] }, report: ReportProgress): LedgerSize | null =>
    effectiveOfLedger(trials, report),
  universeBacktest: universeRun,
  /** Open times of the bars that a run over the same looks at. */
  universeTimes: ({ document, series }: WithoutCalendar<UniverseInput>): Float64Array =>
    panelTimes(document, series, calendarFor(document.market)),
  sweepUniverse: (input: WithoutCalendar<UniverseSweepInput>, report: ReportProgress): UniverseSweep =>
    sweepUniverse(onCalendar(input), report),
  universeWalkForward: (
    input: WithoutCalendar<Parameters<typeof universeWalkForward>[0]>,
    report: ReportProgress,
  ): OnPanel<WalkForwardOutcome> => universeWalkForward(onCalendar(input), report),
  universeCpcv: (
    input: WithoutCalendar<Parameters<typeof universeCpcv>[0]>,
    report: ReportProgress,
  ): OnPanel<CpcvOutcome> => universeCpcv(onCalendar(input), report),
  universeGates: (input: WithoutCalendar<UniverseGatesInput>, report: ReportProgress): GateEvidenceOutcome =>
    universeGates(onCalendar(input), report),
  sweepTemplate: ({ template, closes, grid, options }: SweepTemplateTask): ReturnType<typeof sweepTemplate> =>
    sweepTemplate(template, closes, grid, options),
  fitModel: (input: FitModelTask): FittedModel => fitModelOf(input),
  importModel: (input: ImportModelTask): FittedModel => importModelOf(input),
  features: (input: FeaturesTask): FeaturesResult => featuresOf(input),
  explain: (input: ExplainInput): ExplainedBar => explainStrategy(input),
  intervals: (input: ReturnIntervalsInput): IntervalsDocument => returnIntervals(input),
  stress: (input: BacktestInput): StressDocument => stressBacktest(input),
  monteCarlo: (input: MonteCarloInput): MonteCarloDocument => monteCarlo(input),
  warmUp: (input: WarmUpTask): WarmUpResult => warmUpOf(input),
  neverFires: (input: WarmUpTask): Warning[] => neverFiresOn(input),
} satisfies TaskHandlers;

export type PipelineTasks = typeof pipelineTasks;
export type PipelineTaskName = keyof PipelineTasks;
