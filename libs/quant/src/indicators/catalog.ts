import { ema } from './averages/ema';
import { kama } from './averages/kama';
import { midpoint, midprice } from './averages/midpoint';
import { dema, tema } from './averages/multiple-ema';
import { sma } from './averages/sma';
import { t3 } from './averages/t3';
import { trima } from './averages/trima';
import { wma } from './averages/wma';
import {
  doji,
  dragonflyDoji,
  gravestoneDoji,
  hammer,
  hangingMan,
  invertedHammer,
  marubozu,
  shootingStar,
  spinningTop,
} from './candlesticks/one-candle';
import {
  eveningStar,
  morningStar,
  threeBlackCrows,
  threeInside,
  threeOutside,
  threeWhiteSoldiers,
} from './candlesticks/three-candles';
import { darkCloudCover, engulfing, harami, haramiCross, piercingLine } from './candlesticks/two-candles';
import { bollinger } from './channels/bollinger';
import { donchian } from './channels/donchian';
import { keltner } from './channels/keltner';
import { pivotPoints } from './channels/pivot-points';
import type { Indicator } from './indicator';
import { lag, ratio } from './momentum/lag';
import { momentum, roc } from './momentum/momentum';
import { trix } from './momentum/trix';
import { balanceOfPower } from './oscillators/balance-of-power';
import { cci } from './oscillators/cci';
import { cmo } from './oscillators/chande-momentum';
import { macd } from './oscillators/macd';
import { apo, ppo } from './oscillators/price-oscillator';
import { rsi } from './oscillators/rsi';
import { rsiCutler } from './oscillators/rsi-cutler';
import { stochastic, stochasticFast, stochasticRsi } from './oscillators/stochastic';
import { ultimateOscillator } from './oscillators/ultimate';
import { williamsR } from './oscillators/williams-r';
import { adf } from './statistics/adf';
import { fractionalDifference } from './statistics/fractional-difference';
import { hurst } from './statistics/hurst';
import { linearRegression } from './statistics/linear-regression';
import { linearRegressionSlope } from './statistics/linear-regression-slope';
import { rollingMax, rollingMin } from './statistics/rolling-extremes';
import { rollingBeta, rollingCorrelation } from './statistics/rolling-pair';
import { rollingQuantile } from './statistics/rolling-quantile';
import { rollingRank } from './statistics/rolling-rank';
import { rollingStd, rollingVariance } from './statistics/rolling-std';
import { rollingSum } from './statistics/rolling-sum';
import { winsorise } from './statistics/winsorise';
import { zscore } from './statistics/zscore';
import { aroon } from './trend/aroon';
import { adx, adxr, directionalMovement, dmi, dx } from './trend/directional-movement';
import { ichimoku } from './trend/ichimoku';
import { kalmanLevel, kalmanTrend } from './trend/kalman';
import { parabolicSar } from './trend/parabolic-sar';
import { supertrend } from './trend/supertrend';
import { atr, natr } from './volatility/atr';
import { hmmRegime } from './volatility/hmm-regime';
import { garmanKlassVolatility, parkinsonVolatility, yangZhangVolatility } from './volatility/range-volatility';
import { realisedVolatility } from './volatility/realised-volatility';
import { trueRange } from './volatility/true-range';
import { volatilityRegime } from './volatility/volatility-regime';
import { ad, adosc } from './volume/accumulation-distribution';
import { mfi } from './volume/mfi';
import { obv } from './volume/obv';
import { vwapRolling, vwapSession } from './volume/vwap';

const averages = [sma, ema, wma, dema, tema, kama, trima, t3, midpoint, midprice];
const momenta = [momentum, roc, trix, lag, ratio];
const oscillators = [
  rsi,
  rsiCutler,
  macd,
  stochastic,
  stochasticFast,
  stochasticRsi,
  cci,
  williamsR,
  apo,
  ppo,
  cmo,
  ultimateOscillator,
  balanceOfPower,
];
const channels = [bollinger, donchian, keltner, pivotPoints];
const trends = [
  adx,
  dmi,
  aroon,
  supertrend,
  parabolicSar,
  directionalMovement,
  dx,
  adxr,
  ichimoku,
  kalmanLevel,
  kalmanTrend,
];
const volumes = [obv, mfi, vwapRolling, vwapSession, ad, adosc];
const volatilities = [
  trueRange,
  atr,
  natr,
  realisedVolatility,
  parkinsonVolatility,
  garmanKlassVolatility,
  yangZhangVolatility,
  volatilityRegime,
  hmmRegime,
];
const statistics = [
  rollingStd,
  rollingMin,
  rollingMax,
  rollingQuantile,
  rollingCorrelation,
  rollingBeta,
  zscore,
  linearRegressionSlope,
  hurst,
  fractionalDifference,
  rollingVariance,
  linearRegression,
  adf,
  rollingSum,
  rollingRank,
  winsorise,
];
const candlesticks = [
  doji,
  dragonflyDoji,
  gravestoneDoji,
  marubozu,
  spinningTop,
  hammer,
  hangingMan,
  invertedHammer,
  shootingStar,
  engulfing,
  harami,
  haramiCross,
  piercingLine,
  darkCloudCover,
  morningStar,
  eveningStar,
  threeWhiteSoldiers,
  threeBlackCrows,
  threeInside,
  threeOutside,
];
const all: readonly Indicator[] = [
  ...averages,
  ...momenta,
  ...oscillators,
  ...channels,
  ...trends,
  ...volumes,
  ...volatilities,
  ...statistics,
  ...candlesticks,
];

/** The research indicators by key, TA-Lib conventions. */
export const indicators: ReadonlyMap<string, Indicator> = new Map(all.map((indicator) => [indicator.key, indicator]));
