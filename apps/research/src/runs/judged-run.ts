import { modelPlanOf } from '@assay/domain';
import {
  isImported,
  type Contents,
  type GateEvidenceOutcome,
  type JudgedInputs,
  type JudgingInput,
  type MadeRecord,
  type Progress,
  type TrialSeries,
} from '@assay/pipeline';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MarketData } from '../data/market-data';
import { isUniverseRecipe } from '../recipes/recipe-universe';
import type { DataPin } from '../records/market/data-pin';
import type { QualityFacts } from '../records/strategies/gate-facts';
import type { StrategyRevisionEntity } from '../records/strategies/strategy-revision.entity';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import { StrategyStore } from '../records/strategies/strategy.store';
import type { LedgerTrial } from '../records/trials/trial-ledger.store';
import { Compute } from './compute';
import { RunInputsLoader, type RunInputs } from './run-inputs';
import { withBenchmarks } from './trial-benchmarks';
import { mergedQuality } from './universe/merged-quality';
import { UniverseInputsLoader, type UniverseInputs } from './universe/universe-inputs';

/** What a validation of a revision reads, of one symbol or of many, and how its gates are reckoned. */
export interface JudgedRun {
  strategy: StrategyEntity;
  revision: StrategyRevisionEntity;
  pin: DataPin;
  /** Whether a model is fitted anew in each fold. */
  isFitted: boolean;
  /** Whether its model was trained elsewhere. */
  isImported: boolean;
  inputs: { kind: 'one'; of: RunInputs } | { kind: 'universe'; of: UniverseInputs };
  /** Symbols whose bars are made up. */
  synthetic: readonly string[];
  quality(): Promise<QualityFacts | null>;
  /** Trials of the ledger with the benchmark of their own bars. */
  withBenchmarks(trials: readonly LedgerTrial[]): Promise<TrialSeries[]>;
  gates(judging: JudgingInput, signal: AbortSignal, onProgress: Progress): Promise<GateEvidenceOutcome>;
  /** What the gates said with all that it follows from. */
  record(inputs: JudgedInputs, outcome: GateEvidenceOutcome): Promise<MadeRecord>;
  /** Packs the returns of trials, by the addresses that the record has of them. */
  pack(addresses: readonly string[], trials: readonly TrialSeries[]): Promise<Contents>;
}

@Injectable()
export class JudgedRuns {
  constructor(
    private readonly strategies: StrategyStore,
    private readonly one: RunInputsLoader,
    private readonly universes: UniverseInputsLoader,
    private readonly market: MarketData,
    private readonly compute: Compute,
  ) {}

  /** @throws DomainError as the loaders do */
  async load(em: EntityManager, ownerId: string, id: string, number: number): Promise<JudgedRun> {
    const { revision } = await this.strategies.at(em, ownerId, id, number);
    return isUniverseRecipe(revision.recipe)
      ? this.ofUniverse(await this.universes.load(em, ownerId, id, number))
      : this.ofOne(await this.one.load(em, ownerId, id, number));
  }

  private ofOne(inputs: RunInputs): JudgedRun {
    const { strategy, revision, pin, document, bars, artifact, options, series } = inputs;
    const plan = modelPlanOf(document);
    return {
      ...{ strategy, revision, pin },
      isFitted: plan !== null && !isImported(plan),
      isImported: plan !== null && isImported(plan),
      inputs: { kind: 'one', of: inputs },
      synthetic: series.synthetic ? [series.symbol] : [],
      withBenchmarks: (trials) => withBenchmarks(trials, pin, this.market),
      quality: () => this.market.qualityFacts(series),
      gates: (judging, signal, onProgress) =>
        this.compute.run(
          'gates',
          { document, bars, artifact, options, ...judging, ledger: seriesOf(judging.ledger) },
          { signal, onProgress },
        ),
      ...this.common,
    };
  }

  private ofUniverse(inputs: UniverseInputs): JudgedRun {
    const { strategy, revision, pin, document, series, stored } = inputs;
    return {
      ...{ strategy, revision, pin },
      isFitted: false,
      isImported: false,
      inputs: { kind: 'universe', of: inputs },
      synthetic: stored.flatMap(({ symbol, synthetic }) => (synthetic ? [symbol] : [])),
      withBenchmarks: (trials) => withBenchmarks(trials, pin, this.market),
      quality: async () => {
        const facts: (QualityFacts | null)[] = [];
        for (const one of stored) facts.push(await this.market.qualityFacts(one));
        return mergedQuality(
          stored.map(({ symbol }) => symbol),
          facts,
        );
      },
      gates: (judging, signal, onProgress) =>
        this.compute.run(
          'universeGates',
          { document, series, ...judging, ledger: seriesOf(judging.ledger) },
          { signal, onProgress },
        ),
      ...this.common,
    };
  }

  private readonly common: Pick<JudgedRun, 'record' | 'pack'> = {
    record: (inputs, outcome) =>
      this.compute.run('evidenceRecord', { inputs: { ...inputs, ledger: seriesOf(inputs.ledger) }, outcome }),
    pack: (addresses, trials) => this.compute.run('ledgerContents', { addresses, trials: seriesOf(trials) }),
  };
}

/** Threads get no bytes that they do not read. */
const seriesOf = (trials: readonly TrialSeries[]): TrialSeries[] => trials.map(({ deflated: _, ...series }) => series);
