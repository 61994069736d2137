import { parametersSchema } from '@assay/contracts';
import { MOST_BARS, PURE_NUMBER } from '@assay/quant';
import { indicatorColumns, indicatorRuntime, requireIndicator } from './indicator-feature';
import type { FeaturePlugin } from './feature-plugin';

const NUMERATORS = ['atr', 'sma', 'ema'] as const;

/** An average range or price level as a fraction of the close, so that it compares across years: ATR 14 / close, SMA 50 / close. */
export const ratioToCloseFeature: FeaturePlugin = {
  key: 'ratio_to_close',
  version: '1',
  description: 'ATR, SMA or EMA divided by the close of the same bar',
  parameterSchema: parametersSchema({
    of: { type: 'string', enum: NUMERATORS, default: 'atr', description: 'what is divided by the close' },
    window: {
      type: 'integer',
      minimum: 1,
      maximum: MOST_BARS,
      default: 14,
      description: 'window of the numerator, in bars',
    },
  }),
  sources: ['bars'],
  columns: ({ of }) => [...indicatorColumns(requireIndicator(String(of)), { column: 'close' }), 'close'],
  create(params, name = 'ratio_to_close') {
    const indicator = requireIndicator(String(params.of));
    return indicatorRuntime(indicator, { window: params.window!, column: 'close' }, name, 0, PURE_NUMBER, true);
  },
};
