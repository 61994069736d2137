import type { Api } from './api';
import { pipelineConfig, type ResearchCase } from './cases';
import { must } from './phases';

interface Row extends Record<string, unknown> {
  id: string;
  version: number;
}

export interface BacktestAnswer extends Row {
  metrics: Record<string, number | null>;
  buy_hold_metrics: Record<string, number | null>;
  warnings: { code: string; message: string }[];
}

export interface GateRow {
  gate: string;
  passed: boolean | null;
  value: number | null;
  threshold: number | null;
  why: string;
  /** The answer as a sentence. */
  words: string;
  informational?: boolean;
}

export interface ValidationAnswer extends Record<string, unknown> {
  gates: Record<string, { passed: boolean | null; words: string; gates: GateRow[] }>;
  validated_under: string[];
}

/** One strategy on its way through research, with what each step left behind. */
export class CaseRun {
  strategyId = '';
  featureIds: string[] = [];
  modelId = '';
  backtests: Record<string, BacktestAnswer> = {};
  validation: ValidationAnswer | undefined;

  constructor(
    readonly spec: ResearchCase,
    private readonly research: Api,
  ) {}

  async createStrategy(): Promise<void> {
    const { spec } = this;
    const strategy = await this.research.post<Row>('/strategies', {
      name: spec.title,
      universe: [spec.series.symbol],
      source: spec.series.source,
      timeframe: '1d',
      pipeline_config: pipelineConfig(spec),
    });
    this.strategyId = strategy.id;
  }

  async createFeatures(): Promise<{ rows: number; hashes: string[] }> {
    const hashes: string[] = [];
    let rows = 0;
    for (const draft of this.spec.features) {
      const feature = await this.research.post<Row>('/features', draft);
      this.featureIds.push(feature.id);
    }
    await this.patch({ feature_ids: this.featureIds });
    for (const id of this.featureIds) {
      const dataset = await this.research.job<{ hash: string; rows: number }>(`/features/${id}/generate`, {
        ...this.spec.series,
        timeframe: '1d',
      });
      hashes.push(dataset.hash);
      rows += dataset.rows;
    }
    return { rows, hashes };
  }

  /** Trains up to `end` (the model is written back to the strategy), or attaches the built-in model of rule strategies. */
  async train(end: string): Promise<Record<string, unknown>> {
    const { model, series } = this.spec;
    if (model === 'rule.identity') {
      const { items } = await this.research.get<{ items: Row[] }>('/models');
      const identity = items.find((m) => m.kind === 'rule.identity');
      must(identity !== undefined, 'the built-in model rule.identity is not listed');
      this.modelId = identity.id;
      await this.patch({ model_id: identity.id });
      return { model: 'rule.identity' };
    }
    const created = await this.research.post<Row>('/models', {
      name: `${this.spec.key} ${model.kind}`,
      feature_ids: this.featureIds,
      ...{ kind: model.kind, label: model.label, params: model.params, seed: model.seed, refit: model.refit },
    });
    this.modelId = created.id;
    return this.research.job(`/models/${created.id}/train`, {
      strategy_id: this.strategyId,
      ...series,
      timeframe: '1d',
      end,
    });
  }

  async attachSignalLogic(ruleTree: unknown = this.spec.ruleTree): Promise<void> {
    const logic = await this.research.post<Row>('/signals', {
      name: `${this.spec.key} rules`,
      rule_tree: ruleTree,
      output_mode: 'discrete',
      position_mode: this.spec.positionMode,
    });
    await this.patch({ signal_logic_id: logic.id });
  }

  async backtest(engine: 'vectorized' | 'event'): Promise<BacktestAnswer> {
    const draft = await this.research.post<Row>('/backtests', { strategy_id: this.strategyId, engine });
    await this.research.job(`/backtests/${draft.id}/execute`);
    const done = await this.research.get<BacktestAnswer>(`/backtests/${draft.id}`);
    this.backtests[engine] = done;
    return done;
  }

  async validate(kind: 'walk-forward' | 'cpcv'): Promise<Record<string, unknown>> {
    return this.research.job(`/validation/${kind}`, { strategy_id: this.strategyId });
  }

  async readGates(): Promise<ValidationAnswer> {
    this.validation = await this.research.get<ValidationAnswer>(`/validation/strategies/${this.strategyId}`);
    return this.validation;
  }

  promote(policy: string): Promise<Record<string, unknown>> {
    return this.research.post(`/strategies/${this.strategyId}/promote`, { policy });
  }

  private async patch(fields: Record<string, unknown>): Promise<void> {
    const current = await this.research.get<Row>(`/strategies/${this.strategyId}`);
    await this.research.patch(`/strategies/${this.strategyId}`, { version: current.version, ...fields });
  }
}
