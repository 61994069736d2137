import { EnumField, IntegerField, NumberField, ObjectField } from '@assay/platform';

export class SizingDto {
  @EnumField({ values: ['fixed', 'volatility_target'] }) kind: 'fixed' | 'volatility_target';
  @NumberField({ optional: true, exclusiveMin: 0, description: 'target volatility per year, as a fraction' })
  annual?: number;
  @IntegerField({ optional: true, min: 2, description: 'returns in the estimate' }) window?: number;
  @NumberField({ optional: true, exclusiveMin: 0, description: 'largest weight' }) cap?: number;
  @EnumField({ values: ['bar', 'entry'], optional: true }) rebalance?: 'bar' | 'entry';
}

/** Per side, in basis points of the traded notional; 0 stays 0. */
export class CostsDto {
  @NumberField({ min: 0, max: 10000 }) fee_bps: number;
  @NumberField({ optional: true, min: 0, max: 10000, default: 0 }) slippage_bps?: number;
  @NumberField({ optional: true, min: 0, max: 10000, default: 0 }) spread_bps?: number;
}

export class PipelineConfigDto {
  @ObjectField(() => SizingDto, { optional: true }) sizing?: SizingDto;
  @ObjectField(() => CostsDto, { optional: true }) costs?: CostsDto;
  @EnumField({ values: ['weight', 'all_in'], optional: true, description: 'accounting mode' }) mode?:
    'weight' | 'all_in';
  @EnumField({ values: ['next_open', 'close'], optional: true }) fill?: 'next_open' | 'close';
  @IntegerField({
    optional: true,
    min: 1,
    max: 1000000,
    description:
      'periods per year; default: the sessions of the market whose bars are stored (365 for CRYPTO), else 252',
  })
  trading_period?: number;
  @NumberField({ optional: true, exclusiveMin: 0 }) capital?: number;
}
