import type { CostsDocument, Sizing } from '@assay/contracts';
import { type FieldProblem, invalid } from '@assay/primitives';
import type { CostsDto, PipelineConfigDto, SizingDto } from './pipeline-config.request';
import type { PipelineConfig } from '../recipes/recipe';

const VOLATILITY_FIELDS = ['annual', 'window', 'cap', 'rebalance'] as const;

/** `fixed` takes no parameter; `volatility_target` needs all four. */
function sizingOf(sizing: SizingDto): Sizing {
  const problems: FieldProblem[] = [];
  for (const key of VOLATILITY_FIELDS) {
    const value = sizing[key];
    const field = `pipeline_config.sizing.${key}`;
    if (sizing.kind === 'fixed' && value !== undefined) {
      problems.push({
        field,
        rule: 'not_applicable',
        value,
        message: `${field} must not be given with kind fixed, was ${value}`,
      });
    }
    if (sizing.kind === 'volatility_target' && value === undefined) {
      problems.push({
        field,
        rule: 'required',
        value: null,
        message: `${field} must be given with kind volatility_target, was missing`,
      });
    }
  }
  if (problems.length > 0) throw invalid(problems);
  if (sizing.kind === 'fixed') return { kind: 'fixed' };
  const { annual, window, cap, rebalance } = sizing;
  return { kind: 'volatility_target', annual: annual!, window: window!, cap: cap!, rebalance: rebalance! };
}

export const costsOf = ({ fee_bps, slippage_bps = 0, spread_bps = 0 }: CostsDto): CostsDocument => ({
  fee_bps,
  slippage_bps,
  spread_bps,
});

/** The settings with the given ones replaced, each top-level field as a whole. @throws DomainError `validation_failed`. */
export function withPipelineConfig(current: PipelineConfig, change: PipelineConfigDto = {}): PipelineConfig {
  return {
    sizing: change.sizing ? sizingOf(change.sizing) : current.sizing,
    costs: change.costs ? costsOf(change.costs) : current.costs,
    mode: change.mode ?? current.mode,
    fill: change.fill ?? current.fill,
    trading_period: change.trading_period ?? current.trading_period,
    capital: change.capital ?? current.capital,
  };
}
