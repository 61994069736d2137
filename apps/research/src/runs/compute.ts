import { NO_MODEL, type FeatureSpec, type PipelineDocument } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { PipelinePool } from '@assay/pipeline';
import { CONFIG, type AppConfig } from '@assay/platform';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';

/** The process's worker threads: numbers are never crunched on the event loop. */
@Injectable()
export class Compute extends PipelinePool implements OnModuleDestroy {
  constructor(@Inject(CONFIG) { fitThreads }: Pick<AppConfig, 'fitThreads'>) {
    super({ fitThreads });
  }

  /** The column of the last feature over all bars; those before it are what it may read. */
  async column(specs: FeatureSpec[], bars: BarColumns, signal?: AbortSignal): Promise<Float64Array> {
    const document = documentOfFeatures(specs, bars);
    const { columns } = await this.run('features', { document, bars }, { signal });
    return columns.at(-1)!;
  }

  onModuleDestroy(): Promise<void> {
    return this.close();
  }
}

/** The least document that carries features: no model, and rules that never speak. */
export function documentOfFeatures(features: FeatureSpec[], bars: BarColumns): PipelineDocument {
  return {
    strategy_id: '00000000-0000-7000-8000-000000000000',
    name: 'features',
    version: 1,
    ticker: bars.symbol,
    timeframe: bars.timeframe,
    trading_period: 252,
    kind: 'pipeline',
    features,
    model: { pin: null, kind: NO_MODEL },
    artifact: null,
    signal: {
      pin: null,
      output_mode: 'discrete',
      position_mode: 'long_only',
      rule_tree: {
        groups: [{ action: 'HOLD', combinator: 'AND', rules: [{ field: 'close', operator: '>', value: 0 }] }],
      },
    },
    sizing: { kind: 'fixed' },
    costs: { fee_bps: 0, slippage_bps: 0, spread_bps: 0 },
  };
}
