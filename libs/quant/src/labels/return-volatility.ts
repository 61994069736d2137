import { computeIndicator } from '../indicators/compute-indicator';
import { realisedVolatility } from '../indicators/volatility/realised-volatility';

/** Sample standard deviation of the last `window` simple returns of the close, a bar; NaN before and where one is missing. */
export const returnVolatility = (close: Float64Array, window: number): Float64Array =>
  computeIndicator(realisedVolatility, [close], { window, periods_per_year: 1 })[0];
